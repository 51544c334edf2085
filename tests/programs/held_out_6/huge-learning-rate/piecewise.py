# fault: huge-learning-rate
# wide regression net with a piecewise constant schedule
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(73)
X = np.random.uniform(-1, 1, (1024, 6)).astype("float32")
y = (np.sin(2 * X[:, :1]) + X[:, 1:2] * X[:, 2:3]).astype("float32")

schedule = keras.optimizers.schedules.PiecewiseConstantDecay([30, 60], [0.05, 0.5, 5.0])
model = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.SGD(schedule, momentum=0.9)
loss_obj = keras.losses.MeanSquaredError()


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = loss_obj(yb, model(xb, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(1024, seed=1).batch(64).repeat(7)
for n, (xb, yb) in enumerate(ds):
    loss = train_step(xb, yb)
    if n % 10 == 0:
        print(n, "loss", loss.numpy())
