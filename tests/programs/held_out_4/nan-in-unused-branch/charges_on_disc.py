# fault: nan-in-unused-branch
# Layout of repelling points in a soft disc by gradient descent on an energy.
import numpy as np
import tensorflow as tf

tf.random.set_seed(40)
COUNT = 12


class Layout(tf.Module):
    def __init__(self, count):
        super().__init__()
        self.position = tf.Variable(tf.random.normal((count, 2), stddev=0.5), name="position")
        self.log_strength = tf.Variable(0.0, name="log_strength")

    def pair_energy(self):
        delta = self.position[:, None, :] - self.position[None, :, :]
        dist2 = tf.reduce_sum(tf.square(delta), axis=-1)
        inverse = tf.where(dist2 > 0.0, 1.0 / dist2, tf.zeros_like(dist2))
        return 0.5 * tf.reduce_mean(tf.reduce_sum(inverse, axis=1))

    def confinement(self):
        radius2 = tf.reduce_sum(tf.square(self.position), axis=-1)
        return tf.exp(self.log_strength) * tf.reduce_mean(radius2)


layout = Layout(COUNT)
optimizer = tf.keras.optimizers.Adam(0.02)
for step in range(120):
    with tf.GradientTape() as tape:
        repulsion = layout.pair_energy()
        trap = layout.confinement()
        prior = 0.5 * tf.square(layout.log_strength - 1.0)
        energy = 0.05 * repulsion + trap + prior
    variables = list(layout.trainable_variables)
    optimizer.apply_gradients(zip(tape.gradient(energy, variables), variables))
    if step % 20 == 0:
        print(f"step {step:3d} energy {energy.numpy():.4f} repulsion {repulsion.numpy():.3f}")
print(np.round(layout.position.numpy(), 2))
