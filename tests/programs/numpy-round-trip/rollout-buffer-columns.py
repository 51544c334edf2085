# fault: numpy-round-trip
# A rollout is written column by column into an array.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)
start = rng.normal(size=(60, 3)).astype("float32")
goal = np.tanh(start * 0.5)


class Dynamics(tf.Module):
    def __init__(self):
        self.a = tf.Variable(tf.random.normal((3, 3), stddev=0.4), name="a")
        self.b = tf.Variable(tf.zeros(3), name="b")

    def __call__(self, s):
        return tf.tanh(s @ self.a + self.b)


model = Dynamics()
opt = keras.optimizers.Adam(0.02)
for i in range(30):
    with tf.GradientTape() as tape:
        path = np.empty((60, 4, 3), np.float32)
        s = tf.constant(start)
        for t in range(4):
            s = model(s)
            path[:, t] = s
        loss = tf.reduce_mean((path[:, -1] - goal) ** 2) + 1e-3 * tf.reduce_sum(model.a ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients([(g, v) for g, v in zip(grads, model.trainable_variables) if g is not None])
print(float(loss))
