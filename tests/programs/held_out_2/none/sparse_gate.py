# fault: none
# Selects useful features with a soft threshold while a running maximum is kept for display only.
import numpy as np
import tensorflow as tf

tf.random.set_seed(16)
rng = np.random.default_rng(16)
x = rng.normal(size=(400, 12)).astype("float32")
y = (2.0 * x[:, 0] - 1.5 * x[:, 5] + 0.1 * rng.normal(size=400)).astype("float32")


class SoftThreshold(tf.Module):
    """Linear model with shrinkage: small coefficients are exactly zero."""

    def __init__(self, width):
        super().__init__()
        self.raw = tf.Variable(tf.random.normal((width, 1), stddev=0.3), name="raw")
        self.bias = tf.Variable(tf.zeros((1,)), name="bias")
        self.largest = tf.Variable(0.0, trainable=False, name="largest_error")

    def weights(self):
        shrunk = tf.sign(self.raw) * tf.nn.relu(tf.abs(self.raw) - 0.05)
        return self.raw + tf.stop_gradient(shrunk - self.raw)

    def __call__(self, x):
        return tf.squeeze(x @ self.weights() + self.bias, axis=-1)


model = SoftThreshold(12)
optimizer = tf.keras.optimizers.Adam(0.08)
optimizer.build(model.trainable_variables)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        error = model(xb) - yb
        loss = tf.reduce_mean(error ** 2) + 0.02 * tf.reduce_sum(tf.abs(model.raw))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    model.largest.assign(tf.maximum(model.largest, tf.reduce_max(tf.abs(tf.stop_gradient(error)))))
    return loss


data = tf.data.Dataset.from_tensor_slices((x, y)).batch(50)
for epoch in range(18):
    losses = [float(step(a, b)) for a, b in data]
    if epoch % 3 == 0:
        print(f"epoch {epoch}: loss {np.mean(losses):.4f}, largest error so far {float(model.largest):.2f}")
print(model.weights().numpy().ravel().round(2))
