# fault: clipped-to-nothing
# charge-state tagging with a simple recurrent net; clip threshold follows the recent gradient norms
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(75)
N, T = 600, 15
X = np.random.randn(N, T, 3).astype("float32")
Y = (np.cumsum(X[..., 0], 1) > 0).astype("float32")[..., None]

rnn = tf.keras.Sequential([
    tf.keras.Input((T, 3)),
    tf.keras.layers.SimpleRNN(20, return_sequences=True),
    tf.keras.layers.Dense(1),
])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.SGD(0.2)


class AdaptiveClip:
    def __init__(self, window=8, factor=0.6):
        self.window, self.factor, self.history = window, factor, []

    def __call__(self, grads):
        norm = float(tf.linalg.global_norm(grads))
        limit = self.factor * np.mean(self.history[-self.window:]) if self.history else norm
        used = min(norm, limit)
        self.history.append(used)
        return [g * (used / (norm + 1e-12)) for g in grads]


@tf.function
def backward(x, y):
    with tf.GradientTape() as tape:
        logits = rnn(x, training=True)
        loss = bce(y, logits)
    return loss, logits, tape.gradient(loss, rnn.trainable_variables)


clip = AdaptiveClip()
for step in range(150):
    rows = np.random.choice(N, 64, replace=False)
    loss, logits, grads = backward(tf.constant(X[rows]), tf.constant(Y[rows]))
    grads = clip(grads)
    opt.apply_gradients(zip(grads, rnn.trainable_variables))
    if step % 30 == 0:
        acc = np.mean((logits.numpy() > 0) == Y[rows])
        print(f"{step:3d} loss {float(loss):.4f} acc {acc:.3f}")
