# fault: sum-instead-of-mean
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(24)
rng = np.random.default_rng(24)
X = rng.normal(size=(2048, 10)).astype("float32")
price = (X @ rng.normal(size=(10, 1)) * 0.4 + 0.2 * np.sin(3 * X[:, :1])).astype("float32")
price = (price - price.mean()) / price.std()

model = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.SGD(learning_rate=0.03)


def squared_error(y, y_hat):
    return tf.reduce_sum(tf.square(y - y_hat))


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = squared_error(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((X, price)).shuffle(2048, seed=4).batch(512)
for epoch in range(25):
    for x, y in ds:
        loss = step(x, y)
    if epoch % 5 == 4:
        rmse = np.sqrt(np.mean((model(X).numpy() - price) ** 2))
        print("epoch", epoch + 1, "loss", float(loss), "rmse", rmse)
