# fault: optimizer-rebuilt-each-step
# Fits an ill-conditioned quadratic-like regression with momentum.
import numpy as np
import tensorflow as tf

tf.random.set_seed(3)
rng = np.random.default_rng(3)
A = rng.normal(size=(80, 4)).astype("float32") * np.array([1.0, 0.6, 0.3, 0.2], "float32")
target = (A @ np.array([1.0, 2.0, -3.0, 4.0])).astype("float32")

config = {"name": "sgd", "learning_rate": 0.02, "momentum": 0.95}


def make_optimizer(cfg):
    if cfg["name"] == "sgd":
        return tf.keras.optimizers.SGD(cfg["learning_rate"], momentum=cfg["momentum"])
    return tf.keras.optimizers.Adam(cfg["learning_rate"])


class Linear(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.zeros([4]), name="w")

    def __call__(self, a):
        return tf.linalg.matvec(a, self.w)


linear = Linear()
for step in range(60):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(linear(A) - target))
    variables = linear.trainable_variables
    gradients = tape.gradient(loss, variables)
    make_optimizer(config).apply_gradients(zip(gradients, variables))
    if step % 12 == 0:
        print(step, float(loss), linear.w.numpy())
