# fault: frozen-after-compile
"""Minimal GAN with train_on_batch: discriminator, then generator through the combined model."""
import keras
import numpy as np

keras.utils.set_random_seed(65)
rng = np.random.default_rng(65)
real_data = rng.normal(loc=1.5, scale=0.4, size=(256, 2)).astype("float32")

discriminator = keras.Sequential([
    keras.layers.Input((2,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
], name="discriminator")
discriminator.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy")

generator = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(2),
], name="generator")

discriminator.trainable = False
z = keras.Input((4,))
combined = keras.Model(z, discriminator(generator(z)))
combined.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy")

for step in range(15):
    noise = rng.normal(size=(32, 4)).astype("float32")
    fake = generator(noise).numpy()
    batch = np.concatenate([real_data[rng.integers(0, 256, 32)], fake])
    truth = np.concatenate([np.ones((32, 1)), np.zeros((32, 1))])
    d_loss = discriminator.train_on_batch(batch, truth)
    g_loss = combined.train_on_batch(noise, np.ones((32, 1)))
    if step % 3 == 0:
        print(f"step {step} discriminator {float(d_loss):.4f} generator {float(g_loss):.4f}")
