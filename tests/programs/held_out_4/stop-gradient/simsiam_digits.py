# fault: stop-gradient
# SimSiam on noisy two-cluster vectors: two views, a shared encoder and a predictor.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, layers

tf.keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)
centers = rng.normal(0, 1.0, (4, 20))
data = (centers[rng.integers(0, 4, 512)] + rng.normal(0, 0.3, (512, 20))).astype("float32")

encoder = Sequential([layers.Input((20,)), layers.Dense(32, use_bias=False), layers.BatchNormalization(),
                      layers.ReLU(), layers.Dense(16)], name="encoder")
predictor = Sequential([layers.Input((16,)), layers.Dense(8, activation="relu"), layers.Dense(16)], name="predictor")
optimizer = tf.keras.optimizers.SGD(0.05, momentum=0.9)


def augment(x):
    noise = tf.random.normal(tf.shape(x), stddev=0.2)
    keep = tf.cast(tf.random.uniform(tf.shape(x)) > 0.1, tf.float32)
    return (x + noise) * keep


def neg_cosine(p, z):
    p = tf.stop_gradient(tf.math.l2_normalize(p, axis=1))
    z = tf.math.l2_normalize(z, axis=1)
    return -tf.reduce_mean(tf.reduce_sum(p * z, axis=1))


def train_step(x):
    a, b = augment(x), augment(x)
    with tf.GradientTape() as tape:
        za, zb = encoder(a, training=True), encoder(b, training=True)
        pa, pb = predictor(za, training=True), predictor(zb, training=True)
        loss = 0.5 * neg_cosine(pa, zb) + 0.5 * neg_cosine(pb, za)
    variables = encoder.trainable_variables + predictor.trainable_variables
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices(data).shuffle(512, seed=0).batch(64, drop_remainder=True).repeat(8)
for i, batch in enumerate(ds):
    loss = train_step(batch)
    if i % 16 == 0:
        print(i, round(float(loss), 4))
z = tf.math.l2_normalize(encoder(data), axis=1).numpy()
print("embedding std", z.std(axis=0).mean())
