# fault: variables-read-before-build
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(296)
rng = np.random.default_rng(296)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Trainer:
    def __init__(self, model, opt):
        self.model, self.opt = model, opt
        self.params = model.trainable_variables
    def step(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((self.model(x) - y) ** 2)
        grads = tape.gradient(loss, self.params)
        self.opt.apply_gradients(zip(grads, self.params))
        return loss
t = Trainer(keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)]), keras.optimizers.Adam(0.01))
for i in range(5):
    t.step(x, y)
