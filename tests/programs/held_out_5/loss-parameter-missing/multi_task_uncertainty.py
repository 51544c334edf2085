# fault: loss-parameter-missing
"""Two regression tasks weighted by learned homoscedastic uncertainty."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(36)
rng = np.random.default_rng(36)
X = rng.normal(size=(1000, 8)).astype("float32")
depth = (X[:, :1] + X[:, 1:2] ** 2 + 2.0 * rng.normal(size=(1000, 1))).astype("float32")
normal = (np.tanh(X[:, 2:3]) - X[:, 3:4] + 0.1 * rng.normal(size=(1000, 1))).astype("float32")

inp = keras.Input((8,))
h = layers.Dense(32, activation="relu")(inp)
net = keras.Model(inp, [layers.Dense(1, name="depth")(h), layers.Dense(1, name="normal")(h)])


class UncertaintyLoss(tf.Module):
    def __init__(self, n_tasks):
        super().__init__()
        self.log_var = tf.Variable(tf.zeros((n_tasks,)), name="log_var")

    def __call__(self, targets, outputs):
        total = 0.0
        for i, (t, o) in enumerate(zip(targets, outputs)):
            mse = tf.reduce_mean(tf.square(t - o))
            total += tf.exp(-self.log_var[i]) * mse + self.log_var[i]
        return total


criterion = UncertaintyLoss(2)
opt = keras.optimizers.Adam(0.005)


@tf.function
def step(x, d, n):
    with tf.GradientTape() as tape:
        loss = criterion([d, n], net(x, training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((X, depth, normal)).shuffle(1000, seed=0).batch(100)
for epoch in range(30):
    ls = [float(step(*b)) for b in ds]
    if epoch % 6 == 5:
        print(epoch + 1, "loss", np.mean(ls), "task sigmas", np.exp(criterion.log_var.numpy() / 2))
