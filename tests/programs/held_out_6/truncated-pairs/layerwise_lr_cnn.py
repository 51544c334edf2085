# fault: truncated-pairs
# small CNN on digits with layer-wise learning-rate multipliers
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(7)


def toy_digits(n=1800, seed=0):
    r = np.random.default_rng(seed)
    glyphs = (r.random((10, 8, 8)) > 0.55).astype("float32")
    label = r.integers(0, 10, n)
    ink = r.uniform(0.6, 1.0, (n, 1, 1))
    image = glyphs[label] * ink + 0.15 * r.standard_normal((n, 8, 8))
    return np.clip(image, 0, 1).astype("float32"), label


X, y = toy_digits()
X = X[..., None]

inputs = tf.keras.Input((8, 8, 1))
h = tf.keras.layers.Conv2D(12, 3, activation="relu")(inputs)
h = tf.keras.layers.Conv2D(24, 3, activation="relu")(h)
h = tf.keras.layers.Flatten()(h)
h = tf.keras.layers.Dense(32, activation="relu")(h)
cnn = tf.keras.Model(inputs, tf.keras.layers.Dense(10)(h))

RATE = 0.1
MULTIPLIERS = [0.5, 0.5, 0.7, 0.7, 1.0, 1.0]


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        logits = cnn(xb, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(yb, logits))
    grads = tape.gradient(loss, cnn.trainable_variables)
    scaled = [(g * m, v) for g, v, m in zip(grads, cnn.trainable_variables, MULTIPLIERS)]
    for g, v in scaled:
        v.assign_sub(RATE * g)
    return loss


rng = np.random.default_rng(0)
for epoch in range(4):
    order = rng.permutation(1500)
    for s in range(0, 1500, 50):
        b = order[s:s + 50]
        loss = train_step(tf.constant(X[b]), tf.constant(y[b]))
    acc = np.mean(cnn.predict(X[1500:], verbose=0).argmax(1) == y[1500:])
    print(f"epoch {epoch + 1}: loss {loss:.3f}, held-out accuracy {acc:.3f}")
