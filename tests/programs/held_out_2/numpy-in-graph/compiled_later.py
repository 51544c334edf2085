# fault: numpy-in-graph
# Fits a calibration curve; the step is tried out eagerly and then compiled.
import numpy as np
import tensorflow as tf

tf.random.set_seed(85)
rng = np.random.default_rng(85)
raw = rng.uniform(-2, 2, size=(240, 1)).astype("float32")
reference = (0.3 + 1.2 * raw - 0.4 * raw ** 3).astype("float32")


class Curve(tf.Module):
    def __init__(self, degree):
        super().__init__()
        self.coefficients = tf.Variable(tf.zeros((degree + 1, 1)))

    def __call__(self, x):
        powers = tf.concat([(x / 2.0) ** k for k in range(self.coefficients.shape[0])], axis=1)
        return powers @ self.coefficients


curve = Curve(degree=4)
optimizer = tf.keras.optimizers.Adam(0.1)
optimizer.build(curve.trainable_variables)


def step(x, y):
    with tf.GradientTape() as tape:
        residual = curve(x) - y
        loss = tf.reduce_mean(tf.square(residual))
    grads = tape.gradient(loss, curve.trainable_variables)
    optimizer.apply_gradients(zip(grads, curve.trainable_variables))
    worst = np.percentile(np.abs(residual), 95)
    return loss, worst


batches = tf.data.Dataset.from_tensor_slices((raw, reference)).shuffle(240, seed=1).batch(40)

for x, y in batches:
    loss, worst = step(x, y)
print(f"eager pass: loss {float(loss):.4f}, 95 % below {float(worst):.3f}")

step = tf.function(step)
for epoch in range(20):
    for x, y in batches:
        loss, worst = step(x, y)
print(f"compiled: loss {float(loss):.4f}, 95 % below {float(worst):.3f}")
