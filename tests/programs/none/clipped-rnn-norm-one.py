# fault: none
"""SimpleRNN that predicts the next point of a wave, gradients clipped to a global norm of one."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(103)
rng = np.random.default_rng(103)
wave = np.sin(0.4 * np.arange(172)) + 0.05 * rng.normal(size=172)
past = np.stack([wave[i:i + 12] for i in range(160)])[..., None].astype("float32")
future = wave[12:172, None].astype("float32")

inputs = tf.keras.Input((12, 1))
state = tf.keras.layers.SimpleRNN(12)(inputs)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(state))
optimizer = tf.keras.optimizers.Adam(0.01)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    grads = tape.gradient(loss, model.trainable_variables)
    clipped, norm = tf.clip_by_global_norm(grads, 1.0)
    optimizer.apply_gradients(zip(clipped, model.trainable_variables))
    return loss, norm


for epoch in range(10):
    for start in range(0, 160, 40):
        loss, norm = train_step(past[start:start + 40], future[start:start + 40])
    print(f"epoch {epoch} loss {loss.numpy():.4f} norm {norm.numpy():.3f}")
