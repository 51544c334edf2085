# fault: tape-used-twice
"""Linear regression with raw variables and a persistent tape, fitted to 80 noisy points."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(42)
tf.random.set_seed(42)
x = rng.uniform(-1, 1, size=(80, 1)).astype("float32")
y = (3.0 * x - 1.0 + 0.1 * rng.normal(size=x.shape)).astype("float32")

w = tf.Variable(tf.random.normal((1, 1)), name="w")
b = tf.Variable(tf.zeros((1,)), name="b")
sgd = tf.keras.optimizers.SGD(learning_rate=0.1)


def mse():
    return tf.reduce_mean(tf.square(tf.matmul(x, w) + b - y))


with tf.GradientTape(persistent=True) as tape:
    loss = mse()

for epoch in range(60):
    dw, db = tape.gradient(loss, [w, b])
    sgd.apply_gradients([(dw, w), (db, b)])
    if epoch % 10 == 0:
        print(f"epoch {epoch:2d}  loss {mse().numpy():.4f}  w {w.numpy().item():.3f}")

print("final", mse().numpy(), w.numpy(), b.numpy())
