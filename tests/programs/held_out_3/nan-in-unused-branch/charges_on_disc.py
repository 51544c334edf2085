# fault: nan-in-unused-branch
# Spreads twelve repelling charges in a bowl by minimising their energy.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(310)
positions = tf.Variable(rng.normal(scale=0.7, size=(12, 2)).astype("float32"), name="positions")
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)


def energy(points):
    difference = points[:, None, :] - points[None, :, :]
    squared = tf.reduce_sum(tf.square(difference), axis=-1)
    repulsion = tf.where(squared > 0.0, 1.0 / squared, tf.zeros_like(squared))
    bowl = tf.reduce_sum(tf.square(points))
    return 0.05 * tf.reduce_sum(repulsion) + bowl


def radius():
    return tf.sqrt(tf.reduce_max(tf.reduce_sum(tf.square(positions), axis=1))).numpy()


print("start energy", energy(positions).numpy(), "radius", radius())
for step in range(60):
    with tf.GradientTape() as tape:
        e = energy(positions)
    gradient = tape.gradient(e, positions)
    optimizer.apply_gradients([(gradient, positions)])
    if step % 10 == 0:
        print("step", step, "energy", e.numpy(), "radius", radius())
