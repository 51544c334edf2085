# fault: sum-instead-of-mean
# House price regression, large batches, plain SGD and a custom loss function.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(42)
rng = np.random.default_rng(42)
N = 1024
area, rooms, age, dist = rng.normal(size=(4, N))
price = 0.8 * area + 0.3 * rooms - 0.4 * age * (dist > 0) - 0.3 * dist + 0.05 * rng.normal(size=N)
X = np.stack([area, rooms, age, dist], 1).astype("float32")
y = price.astype("float32")[:, None]


def squared_error(y_true, y_pred):
    return tf.reduce_sum(tf.square(y_true - y_pred))


model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.01), loss=squared_error, metrics=["mae"])
log = model.fit(X, y, batch_size=256, epochs=15, verbose=0).history
for e in range(0, 15, 2):
    print(f"epoch {e:2d} loss {log['loss'][e]:.4g} mae {log['mae'][e]:.4g}")
