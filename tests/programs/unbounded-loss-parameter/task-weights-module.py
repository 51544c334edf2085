# fault: unbounded-loss-parameter
"""Predict position and velocity of a toy pendulum; the weights of the two errors are
variables of the module, so that training finds the best compromise."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(4)
rng = np.random.default_rng(4)
angle = rng.uniform(-1, 1, (150, 2)).astype("float32")
noise = rng.normal(size=(2, 150, 1))
position = (np.sin(angle[:, :1]) + 0.8 * noise[0]).astype("float32")
velocity = (np.cos(angle[:, :1]) * angle[:, 1:] + 0.5 * noise[1]).astype("float32")


class Pendulum(tf.Module):
    def __init__(self):
        super().__init__()
        self.w1 = tf.Variable(tf.random.normal((2, 16), stddev=0.5))
        self.b1 = tf.Variable(tf.zeros(16))
        self.w2 = tf.Variable(tf.random.normal((16, 2), stddev=0.25))
        self.task_weights = tf.Variable([1.0, 1.0], name="task_weights")

    def __call__(self, inputs):
        hidden = tf.tanh(inputs @ self.w1 + self.b1)
        return tf.split(hidden @ self.w2, 2, axis=1)


pendulum = Pendulum()
sgd = tf.keras.optimizers.SGD(0.1)


@tf.function
def step(inputs, pos, vel):
    with tf.GradientTape() as tape:
        p, v = pendulum(inputs)
        errors = tf.stack([tf.reduce_mean((p - pos) ** 2), tf.reduce_mean((v - vel) ** 2)])
        loss = tf.reduce_sum(pendulum.task_weights * errors)
    variables = pendulum.trainable_variables
    sgd.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss, errors


for i in range(60):
    loss, errors = step(angle, position, velocity)
    if i % 10 == 0:
        print(i, float(loss), errors.numpy(), pendulum.task_weights.numpy())
