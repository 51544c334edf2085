# fault: frozen-after-compile
# Generative adversarial network for points on a circle, built like the well-known Keras examples.
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(37)
rng = np.random.default_rng(37)
NOISE, BATCH = 4, 64

discriminator = keras.Sequential([
    keras.Input((2,)),
    layers.Dense(24),
    layers.LeakyReLU(negative_slope=0.2),
    layers.Dense(24),
    layers.LeakyReLU(negative_slope=0.2),
    layers.Dense(1, activation="sigmoid"),
], name="discriminator")
discriminator.compile(optimizer=keras.optimizers.Adam(2e-3, beta_1=0.5), loss="binary_crossentropy")

generator = keras.Sequential([
    keras.Input((NOISE,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(2),
], name="generator")

# the combined model trains the generator only
discriminator.trainable = False
z = keras.Input((NOISE,))
combined = keras.Model(z, discriminator(generator(z)), name="combined")
combined.compile(optimizer=keras.optimizers.Adam(2e-3, beta_1=0.5), loss="binary_crossentropy")


def real_points(n):
    angle = rng.uniform(0, 2 * np.pi, n)
    return np.stack([np.cos(angle) + 2.0, np.sin(angle)], axis=1).astype("float32")


def noise(n):
    return rng.normal(size=(n, NOISE)).astype("float32")


ones, zeros = np.ones((BATCH, 1), "float32"), np.zeros((BATCH, 1), "float32")
for step in range(30):
    fake = generator.predict_on_batch(noise(BATCH))
    both = np.concatenate([real_points(BATCH), fake])
    d_loss = discriminator.train_on_batch(both, np.concatenate([ones, zeros]))
    g_loss = combined.train_on_batch(noise(BATCH), ones)
    if step % 6 == 0:
        print(f"step {step}: discriminator {float(d_loss):.4f} generator {float(g_loss):.4f}")
