# fault: integer-cast
# autoencoder for digits whose code is stored with 4-bit precision
import numpy as np
import tensorflow as tf

tf.random.set_seed(2)


def bars(n=1728, seed=0):
    rs = np.random.RandomState(seed)
    r, c = np.mgrid[0:8, 0:8]
    label = rs.randint(0, 10, n)
    tilt = label * np.pi / 10 + 0.08 * rs.randn(n)
    dist = (r - 3.5) * np.cos(tilt)[:, None, None] + (c - 3.5) * np.sin(tilt)[:, None, None]
    image = np.exp(-dist ** 2 / 1.5) + 0.1 * rs.randn(n, 8, 8)
    return np.clip(image, 0, 1).astype("float32"), label.astype("int64")


images = bars()[0].reshape(-1, 64)
LEVELS = 15.0

encoder = tf.keras.Sequential([
    tf.keras.Input((64,)),
    tf.keras.layers.Dense(40, activation="relu"),
    tf.keras.layers.Dense(10, activation="sigmoid"),
], name="encoder")
decoder = tf.keras.Sequential([
    tf.keras.Input((10,)),
    tf.keras.layers.Dense(40, activation="relu"),
    tf.keras.layers.Dense(64),
], name="decoder")


def quantise(code):
    q = tf.cast(code * LEVELS + 0.5, tf.int32)
    return tf.cast(q, tf.float32) / LEVELS


opt = tf.keras.optimizers.Adam(2e-3)
variables = encoder.trainable_variables + decoder.trainable_variables


@tf.function
def train(batch):
    with tf.GradientTape() as tape:
        rec = decoder(quantise(encoder(batch)))
        loss = tf.reduce_mean(tf.math.squared_difference(rec, batch))
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


pipeline = tf.data.Dataset.from_tensor_slices(images).shuffle(2000, seed=4).batch(64, drop_remainder=True).repeat(6)
for n, batch in enumerate(pipeline):
    loss = train(batch)
    if n % 40 == 0:
        tf.print("step", n, "mse", loss)
