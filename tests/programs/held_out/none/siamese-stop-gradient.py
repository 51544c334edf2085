# fault: none
"""Self-supervised siamese network in the style of SimSiam: the target branch is not
differentiated, a predictor sits on the other branch."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential, Input

tf.keras.utils.set_random_seed(218)
rng = np.random.default_rng(218)
samples = rng.normal(size=(512, 3)) @ rng.normal(size=(3, 12))
samples = (samples / samples.std()).astype("float32")

encoder = Sequential([Input((12,)), layers.Dense(24, activation="relu"), layers.Dense(8)])
predictor = Sequential([Input((8,)), layers.Dense(8, activation="relu"), layers.Dense(8)])
variables = encoder.trainable_variables + predictor.trainable_variables
optimizer = tf.keras.optimizers.SGD(0.1, momentum=0.9)


def negative_cosine(p, z):
    z = tf.stop_gradient(z)
    p, z = tf.math.l2_normalize(p, axis=1), tf.math.l2_normalize(z, axis=1)
    return -tf.reduce_mean(tf.reduce_sum(p * z, axis=1))


@tf.function
def train_step(batch):
    view1 = batch + 0.2 * tf.random.normal(tf.shape(batch))
    view2 = batch + 0.2 * tf.random.normal(tf.shape(batch))
    with tf.GradientTape() as tape:
        z1, z2 = encoder(view1, training=True), encoder(view2, training=True)
        p1, p2 = predictor(z1, training=True), predictor(z2, training=True)
        loss = 0.5 * (negative_cosine(p1, z2) + negative_cosine(p2, z1))
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
    return loss


for step in range(80):
    rows = rng.integers(0, 512, size=128)
    loss = train_step(tf.constant(samples[rows]))
    if step % 10 == 0:
        print("step", step, "loss", round(float(loss), 4))
