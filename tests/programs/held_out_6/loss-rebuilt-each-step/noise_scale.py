# fault: loss-rebuilt-each-step
# regression with a Gaussian likelihood whose noise level is learned too
import numpy as np
import tensorflow as tf

tf.random.set_seed(10)
rng = np.random.default_rng(10)


class GaussianNLL(tf.Module):
    def __init__(self):
        super().__init__()
        self.log_sigma = tf.Variable(0.0)

    def __call__(self, y, mean):
        var = tf.exp(2.0 * self.log_sigma)
        return tf.reduce_mean(0.5 * tf.square(y - mean) / var + self.log_sigma)


def make_model():
    return tf.keras.Sequential([
        tf.keras.Input((3,)),
        tf.keras.layers.Dense(24, activation="tanh"),
        tf.keras.layers.Dense(1),
    ])


X = rng.normal(size=(400, 3)).astype("float32")
y = (np.sin(X[:, :1]) + 0.5 * X[:, 1:2] + rng.normal(0, 0.2, (400, 1))).astype("float32")
model = make_model()
adam = tf.keras.optimizers.Adam(5e-3)
SIGMA_LR = 0.02


def train_step(xb, yb):
    nll = GaussianNLL()
    weights = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = nll(yb, model(xb, training=True))
    *grads, g_sigma = tape.gradient(loss, weights + [nll.log_sigma])
    adam.apply_gradients(zip(grads, weights))
    nll.log_sigma.assign_sub(SIGMA_LR * g_sigma)
    return loss, tf.exp(nll.log_sigma)


for step in range(110):
    rows = rng.choice(400, 64, replace=False)
    loss, sigma = train_step(X[rows], y[rows])
    if step % 30 == 0:
        print(step, "nll", float(loss), "sigma", float(sigma))
