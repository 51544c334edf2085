# fault: none
# GAN on a shifted Gaussian: two critic steps for one generator step, losses go up and down
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential, layers

tf.keras.utils.set_random_seed(114)
gen = Sequential([Input((4,)), layers.Dense(24), layers.LeakyReLU(), layers.Dense(2)])
dis = Sequential([Input((2,)), layers.Dense(24), layers.LeakyReLU(), layers.Dropout(0.1), layers.Dense(1)])
g_opt = tf.keras.optimizers.Adam(2e-3, beta_1=0.5)
d_opt = tf.keras.optimizers.Adam(2e-3, beta_1=0.5)


@tf.function
def d_step(real):
    fake = gen(tf.random.normal((64, 4)), training=True)
    with tf.GradientTape() as tape:
        r, f = dis(real, training=True), dis(fake, training=True)
        loss = tf.reduce_mean(tf.nn.softplus(-r)) + tf.reduce_mean(tf.nn.softplus(f))
    d_opt.apply_gradients(zip(tape.gradient(loss, dis.trainable_variables), dis.trainable_variables))
    return loss


@tf.function
def g_step():
    with tf.GradientTape() as tape:
        f = dis(gen(tf.random.normal((64, 4)), training=True), training=True)
        loss = tf.reduce_mean(tf.nn.softplus(-f))
    g_opt.apply_gradients(zip(tape.gradient(loss, gen.trainable_variables), gen.trainable_variables))
    return loss


for it in range(240):
    real = (np.random.randn(64, 2) * [0.5, 0.2] + [1.0, -0.5]).astype("float32")
    d = d_step(tf.constant(real))
    if it % 2 == 1:
        g = g_step()
    if it % 40 == 1:
        print(it, "d", float(d), "g", float(g), "mean", gen(tf.random.normal((500, 4))).numpy().mean(0))
