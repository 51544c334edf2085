# fault: unknown-variable
# WGAN-style critic and generator for a 1-D mixture, alternating updates
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(77)


def mlp(n_in):
    return tf.keras.Sequential([
        tf.keras.Input((n_in,)),
        tf.keras.layers.Dense(24, activation="relu"),
        tf.keras.layers.Dense(1),
    ])


generator, critic = mlp(3), mlp(1)
optimizer = tf.keras.optimizers.RMSprop(5e-4)


def sample_real(n=64):
    centre = np.random.choice([-1.0, 1.0], (n, 1))
    return (centre + 0.1 * np.random.randn(n, 1)).astype("float32")


def critic_step(real):
    fake = generator(tf.random.normal((64, 3)))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(critic(fake)) - tf.reduce_mean(critic(real))
    grads = tape.gradient(loss, critic.trainable_variables)
    optimizer.apply_gradients(zip(grads, critic.trainable_variables))
    for v in critic.trainable_variables:
        v.assign(tf.clip_by_value(v, -0.3, 0.3))
    return loss


def generator_step():
    with tf.GradientTape() as tape:
        loss = -tf.reduce_mean(critic(generator(tf.random.normal((64, 3)))))
    grads = tape.gradient(loss, generator.trainable_variables)
    optimizer.apply_gradients(zip(grads, generator.trainable_variables))
    return loss


for it in range(60):
    for _ in range(3):
        c = critic_step(sample_real())
    g = generator_step()
    if it % 15 == 0:
        print(it, float(c), float(g))
