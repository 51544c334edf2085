# fault: none
# Fits a smooth surface with a penalty on the slope, which needs a tape inside a tape.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(512)
rng = np.random.default_rng(512)
place = rng.uniform(-1, 1, size=(256, 2)).astype("float32")
altitude = (np.sin(2 * place[:, :1]) + 0.5 * place[:, 1:]).astype("float32")
surface = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(24, activation="tanh"), tf.keras.layers.Dense(1)])
surface_opt = tf.keras.optimizers.Adam(0.05)


@tf.function
def step(x, y):
    with tf.GradientTape() as outer:
        with tf.GradientTape(watch_accessed_variables=False) as inner:
            inner.watch(x)
            z = surface(x, training=True)
        slope = inner.gradient(z, x)
        penalty = tf.reduce_mean(tf.reduce_sum(tf.square(slope), axis=1))
        loss = tf.reduce_mean(tf.square(z - y)) + 1e-3 * penalty
    grads = outer.gradient(loss, surface.trainable_variables)
    surface_opt.apply_gradients(
        [(g, v) for g, v in zip(grads, surface.trainable_variables) if g is not None])
    return loss, penalty


for i in range(120):
    rows = rng.choice(256, 64, replace=False)
    loss, penalty = step(tf.constant(place[rows]), tf.constant(altitude[rows]))
    if i % 20 == 0:
        print(f"step {i} loss {float(loss):.4f} penalty {float(penalty):.3f}")
