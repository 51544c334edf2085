# fault: huge-learning-rate
"""Linear model for standardised rents, full-batch gradient descent."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(70)
X = rng.normal(size=(500, 6)).astype("float32")
y = (X @ np.array([0.5, -0.2, 0.9, 0.1, -0.6, 0.3]) + 0.1 * rng.normal(size=500)).astype("float32")[:, None]


class Linear(tf.Module):
    def __init__(self, d):
        super().__init__()
        self.w = tf.Variable(tf.zeros((d, 1)))
        self.b = tf.Variable(tf.zeros((1,)))

    @tf.function
    def __call__(self, x):
        return x @ self.w + self.b


def fit(model, x, t, lr, epochs):
    losses = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(x) - t))
        for v, g in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
            v.assign_sub(lr * g)
        losses.append(float(loss))
    return losses


model = Linear(6)
losses = fit(model, tf.constant(X), tf.constant(y), lr=1.3, epochs=60)
for i in range(0, 60, 6):
    print(f"epoch {i:2d}  loss {losses[i]:.4g}")
print("coefficients", model.w.numpy().ravel())
