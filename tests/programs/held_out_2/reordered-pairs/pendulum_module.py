# fault: reordered-pairs
# Identifies the parameters of a damped pendulum from simulated accelerations.
import numpy as np
import tensorflow as tf

tf.random.set_seed(1)
rng = np.random.default_rng(1)
angle = rng.uniform(-1.5, 1.5, 300).astype("float32")
velocity = rng.normal(size=300).astype("float32")
acceleration = (-2.4 * np.sin(angle) - 0.3 * velocity + 0.8).astype("float32")


class Pendulum(tf.Module):
    def __init__(self):
        super().__init__()
        self.stiffness = tf.Variable(1.0, name="stiffness")
        self.friction = tf.Variable(0.0, name="friction")
        self.torque = tf.Variable(0.0, name="torque")

    @property
    def parameters(self):
        return [self.stiffness, self.friction, self.torque]

    def __call__(self, angle, velocity):
        return self.torque - self.stiffness * tf.sin(angle) - self.friction * velocity


system = Pendulum()
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function
def fit_step(a, v, target):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(system(a, v) - target))
    grads = tape.gradient(loss, system.parameters)
    optimizer.apply_gradients(zip(grads, system.trainable_variables))
    return loss


for epoch in range(30):
    loss = fit_step(angle, velocity, acceleration)
    if epoch % 5 == 0:
        print("epoch", epoch, "loss", round(float(loss), 4))
for p in system.parameters:
    print(p.name, round(float(p), 3))
