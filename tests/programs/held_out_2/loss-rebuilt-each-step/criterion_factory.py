# fault: loss-rebuilt-each-step
# Robust regression: the width of the error distribution is learned together with the network.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(55)
rng = np.random.default_rng(55)
x = rng.normal(size=(320, 5)).astype("float32")
y = (x[:, :1] - 0.5 * x[:, 1:2] + 0.1 * rng.standard_t(3, size=(320, 1))).astype("float32")


class LearnedCauchy(tf.Module):
    """Negative log-likelihood of a Cauchy distribution with a learned scale."""

    def __init__(self):
        super().__init__()
        self.log_scale = tf.Variable(1.0, name="log_scale")

    def __call__(self, truth, guess):
        z = (truth - guess) * tf.exp(-self.log_scale)
        return tf.reduce_mean(tf.math.log1p(z * z) + self.log_scale)


def get_criterion(name):
    return {"mae": keras.losses.MeanAbsoluteError, "cauchy": LearnedCauchy}[name]()


CONFIG = {"criterion": "cauchy", "lr": 0.01, "scale_lr": 0.1, "epochs": 5}
net = keras.Sequential([keras.Input((5,)), keras.layers.Dense(16, activation="elu"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(CONFIG["lr"])


def train_on(xb, yb):
    criterion = get_criterion(CONFIG["criterion"])
    with tf.GradientTape() as tape:
        loss = criterion(yb, net(xb, training=True))
    extra = list(criterion.trainable_variables)
    grads = tape.gradient(loss, net.trainable_variables + extra)
    count = len(net.trainable_variables)
    optimizer.apply_gradients(zip(grads[:count], net.trainable_variables))
    for g, v in zip(grads[count:], extra):
        v.assign_sub(CONFIG["scale_lr"] * g)
    return float(loss), float(tf.exp(extra[0]))


for epoch in range(CONFIG["epochs"]):
    rows = [train_on(x[i:i + 40], y[i:i + 40]) for i in range(0, 320, 40)]
    loss, scale = np.mean(rows, axis=0)
    print(f"epoch {epoch}: loss {loss:.4f}, scale {scale:.3f}")
