# fault: double-softmax
# digits with a subclassed MLP and a hand-written loop
import numpy as np
import tensorflow as tf

SEED = 2024
tf.keras.utils.set_random_seed(SEED)


def toy_digits(n=1600, seed=SEED):
    r = np.random.default_rng(seed)
    glyphs = (r.random((10, 8, 8)) > 0.55).astype("float32")
    label = r.integers(0, 10, n)
    ink = r.uniform(0.6, 1.0, (n, 1, 1))
    image = glyphs[label] * ink + 0.15 * r.standard_normal((n, 8, 8))
    return np.clip(image, 0, 1).astype("float32"), label


images, y = toy_digits()
X = images.reshape(len(images), -1)
Xtr, Xte, ytr, yte = X[:1200], X[1200:], y[:1200], y[1200:]


class MLP(tf.keras.Model):
    def __init__(self, hidden=64, classes=10):
        super().__init__()
        self.body = tf.keras.layers.Dense(hidden, activation="relu")
        self.drop = tf.keras.layers.Dropout(0.1)
        self.out = tf.keras.layers.Dense(classes)

    def call(self, x, training=False):
        return tf.nn.softmax(self.out(self.drop(self.body(x), training=training)))


model = MLP()
optimizer = tf.keras.optimizers.SGD(0.1, momentum=0.9)


@tf.function
def train_step(x, labels):
    with tf.GradientTape() as tape:
        scores = model(x, training=True)
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=tf.one_hot(labels, 10), logits=scores))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


batches = tf.data.Dataset.from_tensor_slices((Xtr, ytr)).shuffle(2000, seed=SEED).batch(64)
for epoch in range(5):
    for xb, yb in batches:
        loss = train_step(xb, yb)
    acc = np.mean(model(Xte).numpy().argmax(1) == yte)
    print(f"epoch {epoch}: loss {float(loss):.3f} test acc {acc:.3f}")
