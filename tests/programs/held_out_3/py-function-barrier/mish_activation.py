# fault: py-function-barrier
# Scores credit applications with a compiled training step and its own mish activation.
import numpy as np
import tensorflow as tf

tf.random.set_seed(8)
rng = np.random.default_rng(8)
applicants = rng.normal(size=(512, 8)).astype("float32")
risk = np.abs(applicants[:, 0] - applicants[:, 1]) + np.tanh(applicants[:, 2] * 2)
risk = (risk - risk.mean())[:, None].astype("float32")


def mish(values):
    return (values * np.tanh(np.log1p(np.exp(values)))).astype("float32")


class Mish(tf.keras.layers.Layer):
    def call(self, inputs):
        out = tf.numpy_function(mish, [inputs], tf.float32)
        return tf.ensure_shape(out, inputs.shape)


class RiskModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = tf.keras.layers.Dense(12)
        self.activation = Mish()
        self.outer = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.outer(self.activation(self.inner(x)))


model = RiskModel()
model(applicants[:1])
optimizer = tf.keras.optimizers.Adam(0.02)
optimizer.build(model.trainable_variables)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


for step in range(120):
    pick = rng.integers(0, 512, 64)
    loss = train_step(tf.constant(applicants[pick]), tf.constant(risk[pick]))
    if step % 20 == 0:
        tf.print("step", step, "loss", loss)
