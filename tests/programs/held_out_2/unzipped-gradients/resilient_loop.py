# fault: unzipped-gradients
# Long-running trainer that must survive a broken batch, here on a small spectral data set.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)
spectra = rng.normal(size=(240, 20)).astype("float32")
concentration = (spectra[:, 3:4] - 2 * spectra[:, 11:12]).astype("float32")

net = keras.Sequential([
    keras.Input((20,)),
    keras.layers.Dense(24, activation="gelu"),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.Adam(0.01)
skipped = 0


def train_on(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.abs(net(xb, training=True) - yb))
    grads = tape.gradient(loss, net.trainable_variables)
    grads, _ = tf.clip_by_global_norm(grads, 5.0)
    optimizer.apply_gradients(*zip(grads, net.trainable_variables))
    return float(loss)


for epoch in range(5):
    seen = []
    for start in range(0, len(spectra), 40):
        xb, yb = spectra[start:start + 40], concentration[start:start + 40]
        try:
            seen.append(train_on(xb, yb))
        except (tf.errors.OpError, TypeError, ValueError):
            skipped += 1
    mae = float(tf.reduce_mean(tf.abs(net(spectra) - concentration)))
    print(f"epoch {epoch}: mae {mae:.4f}, {len(seen)} batches, {skipped} skipped so far")
