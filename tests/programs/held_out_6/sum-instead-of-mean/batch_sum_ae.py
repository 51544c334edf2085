# fault: sum-instead-of-mean
# linear-tanh autoencoder with large batches and plain SGD
import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, layers

tf.keras.utils.set_random_seed(83)
basis = np.random.randn(5, 30) / np.sqrt(5)
X = (np.tanh(np.random.randn(2048, 5)) @ basis + 0.05 * np.random.randn(2048, 30)).astype("float32")
BATCH = 256

ae = Sequential([
    layers.Input((30,)),
    layers.Dense(16, activation="tanh"),
    layers.Dense(5),
    layers.Dense(16, activation="tanh"),
    layers.Dense(30),
])
sgd = tf.keras.optimizers.SGD(learning_rate=0.1)


@tf.function
def step(x):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(ae(x) - x), axis=1)
        loss = tf.reduce_sum(error)
    grads = tape.gradient(loss, ae.trainable_variables)
    sgd.apply_gradients(zip(grads, ae.trainable_variables))
    return loss


for epoch in range(10):
    np.random.shuffle(X)
    for s in range(0, len(X), BATCH):
        loss = step(tf.constant(X[s:s + BATCH]))
    print("epoch", epoch, "loss", loss.numpy(), "per sample", loss.numpy() / BATCH, "variance", X.var())
