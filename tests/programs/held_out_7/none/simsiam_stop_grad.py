# fault: none
# SimSiam on vectors: stop_gradient on the target branch is what keeps it from collapsing
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(202)
rng = np.random.default_rng(202)
proto = rng.normal(size=(10, 24)).astype("float32")
base = proto[rng.integers(0, 10, 1000)]


def view(x):
    return x + 0.5 * tf.random.normal(tf.shape(x))


encoder = tf.keras.Sequential([
    tf.keras.Input((24,)), layers.Dense(48), layers.BatchNormalization(), layers.ReLU(), layers.Dense(24)])
predictor = tf.keras.Sequential([
    tf.keras.Input((24,)), layers.Dense(12, activation="relu"), layers.Dense(24)])
variables = encoder.trainable_variables + predictor.trainable_variables
opt = tf.keras.optimizers.SGD(0.1, momentum=0.9)
opt.build(variables)


def D(p, z):
    z = tf.stop_gradient(z)
    return -tf.reduce_mean(tf.reduce_sum(tf.math.l2_normalize(p, 1) * tf.math.l2_normalize(z, 1), 1))


@tf.function
def step(x):
    x1, x2 = view(x), view(x)
    with tf.GradientTape() as tape:
        z1, z2 = encoder(x1, training=True), encoder(x2, training=True)
        p1, p2 = predictor(z1, training=True), predictor(z2, training=True)
        loss = 0.5 * D(p1, z2) + 0.5 * D(p2, z1)
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices(base).shuffle(1000, seed=1).batch(100, drop_remainder=True).repeat(10)
for i, batch in enumerate(ds):
    loss = step(batch)
    if i % 20 == 0:
        z = tf.math.l2_normalize(encoder(base, training=False), 1)
        print(i, "loss", round(float(loss), 4), "spread of z", round(float(tf.reduce_mean(tf.math.reduce_std(z, 0))), 4))
