# fault: loss-parameter-missing
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(101)
rng = np.random.default_rng(101)
x = rng.normal(size=(120, 4)).astype("float32")
labels = np.argmax(x @ rng.normal(size=(4, 3)), axis=1).astype("int32")
embed = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(2)])
centers = tf.Variable(tf.random.normal((3, 2)), name="centers")
opt = keras.optimizers.Adam(0.01)
@tf.function
def step():
    with tf.GradientTape() as tape:
        z = embed(x)
        loss = tf.reduce_mean(tf.reduce_sum((z - tf.gather(centers, labels)) ** 2, axis=1))
    g = tape.gradient(loss, embed.trainable_variables)
    opt.apply_gradients(zip(g, embed.trainable_variables))
    return loss
for i in range(8):
    step()
