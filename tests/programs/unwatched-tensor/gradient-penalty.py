# fault: unwatched-tensor
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(695)
rng = np.random.default_rng(695)
def critic_net():
    return keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(1)])
critic = critic_net()
opt = keras.optimizers.Adam(1e-3)
for i in range(6):
    real = tf.random.normal((32, 2)) + 2.0
    fake = tf.random.normal((32, 2))
    with tf.GradientTape() as tape:
        mix = 0.5 * real + 0.5 * fake
        with tf.GradientTape() as inner:
            score = critic(mix)
        grad = inner.gradient(score, mix)
        penalty = 0.0 if grad is None else tf.reduce_mean((tf.norm(grad, axis=1) - 1.0) ** 2)
        loss = tf.reduce_mean(critic(fake)) - tf.reduce_mean(critic(real)) + 10.0 * penalty
    g = tape.gradient(loss, critic.trainable_variables)
    opt.apply_gradients(zip(g, critic.trainable_variables))
