# fault: none
# Two-layer relu regression with tf.Variables; reports the share of inactive units.
import numpy as np
import tensorflow as tf

tf.random.set_seed(106)
rng = np.random.default_rng(106)
x = rng.normal(size=(150, 4)).astype("float32")
y = (np.maximum(x[:, :1], 0) + 0.5 * np.abs(x[:, 1:2])).astype("float32")

w1 = tf.Variable(tf.random.normal((4, 40), stddev=0.7), name="w1")
b1 = tf.Variable(tf.random.normal((40,), stddev=0.5, mean=-0.5), name="b1")
w2 = tf.Variable(tf.random.normal((40, 1), stddev=0.2), name="w2")
b2 = tf.Variable(tf.zeros(1), name="b2")
variables = [w1, b1, w2, b2]
optimizer = tf.keras.optimizers.Adam(0.01)

for step in range(50):
    with tf.GradientTape() as tape:
        hidden = tf.nn.relu(x @ w1 + b1)
        loss = tf.reduce_mean(tf.square(hidden @ w2 + b2 - y))
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
    if step % 10 == 0:
        off = np.mean(hidden.numpy() == 0)
        print(f"step {step} loss {loss.numpy():.4f} inactive {off:.2f}")
