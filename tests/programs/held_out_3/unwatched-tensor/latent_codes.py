# fault: unwatched-tensor
# Learns a linear decoder together with one latent code per song, from play-count profiles.
import numpy as np
import tensorflow as tf

tf.random.set_seed(5)
rng = np.random.default_rng(5)
n_songs, n_users, n_latent = 60, 25, 3
profiles = (rng.normal(size=(n_songs, n_latent)) @ rng.normal(size=(n_latent, n_users))).astype("float32")
profiles += rng.normal(scale=0.1, size=profiles.shape).astype("float32")

decoder = tf.Variable(tf.random.normal((n_latent, n_users), stddev=0.5))
offset = tf.Variable(tf.zeros(n_users))
codes = tf.random.normal((n_songs, n_latent), stddev=0.5)

opt = tf.keras.optimizers.Adam(0.05)
CODE_RATE = 5.0

for step in range(60):
    with tf.GradientTape() as tape:
        reconstruction = codes @ decoder + offset
        loss = tf.reduce_mean(tf.square(profiles - reconstruction))
    g_decoder, g_offset, g_codes = tape.gradient(
        loss, [decoder, offset, codes],
        unconnected_gradients=tf.UnconnectedGradients.ZERO)

    opt.apply_gradients([(g_decoder, decoder), (g_offset, offset)])
    codes = codes - CODE_RATE * g_codes
    if step % 10 == 9:
        print(f"step {step + 1:3d}  reconstruction error {loss.numpy():.4f}"
              f"  code norm {tf.norm(codes).numpy():.3f}")

residual = profiles - (codes @ decoder + offset).numpy()
print("explained variance", 1 - residual.var() / profiles.var())
