# fault: unknown-variable
# An optimizer that trained the head for 40 steps gets the base as well.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(23)
rng = np.random.default_rng(23)
x = rng.normal(size=(320, 6)).astype("float32")
y = np.tanh(x[:, :1] - x[:, 1:2] * x[:, 2:3]).astype("float32")

base, head = layers.Dense(16, activation="relu"), layers.Dense(1)
base.build((None, 6)); head.build((None, 16))
opt = keras.optimizers.Adam(0.01)


def run(steps, variables):
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((head(base(x)) - y) ** 2)
        opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return float(loss)


print(run(40, head.trainable_variables))
print(run(40, base.trainable_variables + head.trainable_variables))
