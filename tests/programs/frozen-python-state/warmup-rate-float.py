# fault: frozen-python-state
# Logistic regression with a hand-written warm-up of the step size.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(54)
X = rng.normal(size=(150, 5)).astype("float32")
y = (X @ [1.0, -1.0, 2.0, 0.0, 0.5] > 0).astype("float32")

w = tf.Variable(tf.zeros(5), name="w")
b = tf.Variable(0.1, name="b")
base_rate = 0.5
rate = 0.0


@tf.function
def train_step(inputs, labels):
    with tf.GradientTape() as tape:
        logits = tf.linalg.matvec(inputs, w) + b
        loss = tf.reduce_mean(
            tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits))
    dw, db = tape.gradient(loss, [w, b])
    w.assign_sub(rate * dw)
    b.assign_sub(rate * db)
    return loss


for step in range(40):
    rate = base_rate * min(1.0, step / 10)
    loss = train_step(X, y)
    if step % 8 == 0:
        print(f"step {step:2d} rate {rate:.2f} loss {loss.numpy():.4f}")
