# fault: unwatched-tensor
"""Auto-decoder (DeepSDF style): no encoder, every curve owns a latent code that is optimised
together with the weights of the decoder.  The codes are updated with plain SGD."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(0)
np.random.seed(0)

n_curves, n_pts, zdim = 24, 40, 3
t = np.linspace(-1, 1, n_pts, dtype=np.float32)
amp = np.random.uniform(0.4, 1.2, (n_curves, 1)).astype(np.float32)
phase = np.random.uniform(-1.5, 1.5, (n_curves, 1)).astype(np.float32)
curves = amp * np.sin(3.0 * t[None, :] + phase)           # (curves, points)

decoder = tf.keras.Sequential([
    tf.keras.layers.Input((zdim + 1,)),
    tf.keras.layers.Dense(48, activation="tanh"),
    tf.keras.layers.Dense(48, activation="tanh"),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.Adam(4e-3)

codes = tf.random.normal((n_curves, zdim), stddev=0.3)
code_lr = 10.0


def reconstruct(z):
    zz = tf.repeat(z, n_pts, axis=0)
    tt = tf.tile(tf.constant(t)[:, None], (n_curves, 1))
    out = decoder(tf.concat([zz, tt], axis=1))
    return tf.reshape(out, (n_curves, n_pts))


target = tf.constant(curves)
for it in range(90):
    with tf.GradientTape(persistent=True) as tape:
        rec = reconstruct(codes)
        data_term = tf.reduce_mean(tf.square(rec - target))
        prior = 1e-4 * tf.reduce_mean(tf.square(codes))
        loss = data_term + prior
    weights = decoder.trainable_variables
    opt.apply_gradients(zip(tape.gradient(loss, weights), weights))
    code_grad = tape.gradient(loss, codes)
    if code_grad is not None:
        codes = codes - code_lr * code_grad
    del tape
    if it % 30 == 0:
        print(it, "mse", float(data_term))

print("final mse", float(data_term), " code spread", float(tf.math.reduce_std(codes)))
