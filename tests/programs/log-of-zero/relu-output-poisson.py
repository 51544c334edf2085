# fault: log-of-zero
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(481)
rng = np.random.default_rng(481)
counts = rng.poisson(2.0, size=(128, 1)).astype("float32")
x = rng.normal(size=(128, 4)).astype("float32")
model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1, activation="relu")])
opt = keras.optimizers.Adam(0.01)
@tf.function
def step():
    with tf.GradientTape() as tape:
        rate = model(x, training=True)
        loss = tf.reduce_mean(rate - counts * tf.math.log(rate))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
for i in range(6):
    step()
