# fault: loss-rebuilt-each-step
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)
x = rng.normal(size=(900, 5)).astype("float32")
y = (x @ rng.normal(size=(5, 1))).astype("float32")
y += (0.3 * rng.standard_t(2, size=(900, 1))).astype("float32")


class LearnedScaleLaplace(keras.losses.Loss):
    """Negative log likelihood of a Laplace error with a learned scale."""

    def __init__(self):
        super().__init__()
        self.log_scale = tf.Variable(1.0, name="log_scale")

    def call(self, y_true, y_pred):
        err = tf.abs(y_true - y_pred)
        return tf.reduce_mean(err * tf.exp(-self.log_scale) + self.log_scale, axis=-1)


model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(1)])
LR = 0.05


def train_step(xb, yb):
    loss_fn = LearnedScaleLaplace()
    variables = model.trainable_variables + [loss_fn.log_scale]
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb, training=True))
    for v, g in zip(variables, tape.gradient(loss, variables)):
        v.assign_sub(LR * g)
    return float(loss), float(loss_fn.log_scale)


for epoch in range(15):
    order = rng.permutation(900)
    out = [train_step(x[b], y[b]) for b in np.split(order, 9)]
    if epoch % 3 == 2:
        loss, scale = np.mean(out, axis=0)
        print(f"epoch {epoch + 1}: nll {loss:.4f} log scale {scale:.3f}")
