# fault: untracked-variable
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(382)
rng = np.random.default_rng(382)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
scale = tf.Variable(tf.ones((4,)), name="scale")
inp = keras.Input((4,))
h = keras.layers.Lambda(lambda t: t * scale)(inp)
out = keras.layers.Dense(1)(h)
model = keras.Model(inp, out)
opt = keras.optimizers.SGD(0.05)
@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x, training=True) - y) ** 2)
    g = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
    return loss
for i in range(10):
    step()
