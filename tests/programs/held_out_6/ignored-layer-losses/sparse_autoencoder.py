# fault: ignored-layer-losses
# sparse autoencoder with an activity penalty and weight decay, custom loop
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, regularizers

tf.keras.utils.set_random_seed(61)
glyph = np.random.rand(12, 64) * (np.random.rand(12, 64) < 0.3)
X = np.clip(np.random.exponential(0.4, (1600, 12)) @ glyph, 0, 2).astype("float32")

sae = tf.keras.Sequential([
    layers.Input((64,)),
    layers.Dense(96, activation="relu", activity_regularizer=regularizers.L1(2e-4), kernel_regularizer=regularizers.L2(1e-4)),
    layers.Dense(64, kernel_regularizer=regularizers.L2(1e-4)),
])
optimizer = tf.keras.optimizers.Adam(2e-3)
mse = tf.keras.losses.MeanSquaredError()
mean = tf.keras.metrics.Mean()


@tf.function
def train_step(batch):
    with tf.GradientTape() as tape:
        loss = mse(batch, sae(batch, training=True))
    grads = tape.gradient(loss, sae.trainable_variables)
    optimizer.apply_gradients(zip(grads, sae.trainable_variables))
    mean.update_state(loss)


for epoch in range(5):
    mean.reset_state()
    for batch in tf.data.Dataset.from_tensor_slices(X).shuffle(1800, seed=epoch).batch(64):
        train_step(batch)
    code = sae.layers[0](X).numpy()
    print(f"epoch {epoch}: mse {mean.result():.4f} active units {np.mean(code > 1e-3):.3f}")
