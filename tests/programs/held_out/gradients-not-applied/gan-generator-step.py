# fault: gradients-not-applied
"""GAN on two-dimensional points (a shifted Gaussian), compiled training step with two tapes."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(63)
rng = np.random.default_rng(63)


def build(n_in, n_out, name):
    return tf.keras.Sequential([
        tf.keras.Input((n_in,)),
        tf.keras.layers.Dense(16, activation="tanh"),
        tf.keras.layers.Dense(n_out),
    ], name=name)


generator, discriminator = build(3, 2, "generator"), build(2, 1, "discriminator")
gen_optimizer = tf.keras.optimizers.Adam(2e-3)
disc_optimizer = tf.keras.optimizers.Adam(2e-3)
cross_entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train_step(real):
    noise = tf.random.normal([tf.shape(real)[0], 3])
    with tf.GradientTape() as gen_tape, tf.GradientTape() as disc_tape:
        fake = generator(noise, training=True)
        real_score = discriminator(real, training=True)
        fake_score = discriminator(fake, training=True)
        gen_loss = cross_entropy(tf.ones_like(fake_score), fake_score)
        disc_loss = (cross_entropy(tf.ones_like(real_score), real_score)
                     + cross_entropy(tf.zeros_like(fake_score), fake_score))
    gen_grads = gen_tape.gradient(gen_loss, generator.trainable_variables)
    disc_grads = disc_tape.gradient(disc_loss, discriminator.trainable_variables)
    disc_optimizer.apply_gradients(zip(disc_grads, discriminator.trainable_variables))
    return gen_loss, disc_loss, tf.linalg.global_norm(gen_grads)


for step in range(60):
    batch = rng.normal(loc=[2.0, -1.0], scale=0.4, size=(64, 2)).astype("float32")
    gen_loss, disc_loss, norm = train_step(tf.constant(batch))
    if step % 15 == 0:
        print(f"step {step}: G {gen_loss:.3f} D {disc_loss:.3f} generator grad norm {norm:.3f}")
print("mean of generated points:", tf.reduce_mean(generator(tf.random.normal([200, 3])), 0).numpy())
