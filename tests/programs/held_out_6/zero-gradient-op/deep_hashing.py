# fault: zero-gradient-op
# deep hashing: similar digits should share 16-bit codes
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(44)


def toy_digits(n=1600, seed=0):
    r = np.random.default_rng(seed)
    glyphs = (r.random((10, 8, 8)) > 0.55).astype("float32")
    label = r.integers(0, 10, n)
    ink = r.uniform(0.6, 1.0, (n, 1, 1))
    image = glyphs[label] * ink + 0.15 * r.standard_normal((n, 8, 8))
    return np.clip(image, 0, 1).astype("float32"), label


images, y = toy_digits()
X = images.reshape(-1, 64)
BITS = 16

hasher = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(BITS),
])
opt = tf.keras.optimizers.Adam(1e-3)


def pair_loss(codes, labels):
    same = tf.cast(labels[:, None] == labels[None, :], tf.float32)
    target = 2.0 * same - 1.0
    similarity = tf.matmul(codes, codes, transpose_b=True) / BITS
    weight = same * 4.0 + (1.0 - same)
    return tf.reduce_mean(weight * tf.square(similarity - target))


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        codes = tf.sign(hasher(xb, training=True))
        loss = pair_loss(codes, yb)
    grads = tape.gradient(loss, hasher.trainable_variables)
    opt.apply_gradients(zip(grads, hasher.trainable_variables))
    return loss


for it in range(120):
    rows = np.random.choice(len(X), 64, replace=False)
    loss = step(tf.constant(X[rows]), tf.constant(y[rows]))
    if it % 30 == 0:
        print("iteration", it, "pair loss", loss.numpy())
