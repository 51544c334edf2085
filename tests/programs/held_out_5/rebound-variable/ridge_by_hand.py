# fault: rebound-variable
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(17)
X = rng.normal(size=(400, 5)).astype("float32")
true_w = np.array([[1.5], [-2.0], [0.0], [0.7], [3.0]], dtype="float32")
y = X @ true_w + 4.0 + 0.1 * rng.normal(size=(400, 1)).astype("float32")

w = tf.Variable(tf.zeros((5, 1)))
b = tf.Variable(tf.zeros((1,)))
learning_rate = 0.1
l2 = 1e-4

for epoch in range(100):
    with tf.GradientTape() as tape:
        residual = tf.matmul(X, w) + b - y
        loss = tf.reduce_mean(tf.square(residual)) + l2 * tf.reduce_sum(tf.square(w))

    dw, db = tape.gradient(loss, [w, b])
    w = w - learning_rate * dw
    b = b - learning_rate * db

    if epoch % 10 == 0:
        print(f"epoch {epoch:3d} loss {float(loss):.4f}")

print("weights", w.numpy().ravel(), "intercept", b.numpy())
