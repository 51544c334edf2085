# fault: unwatched-tensor
# physics-informed network for u' = -2u, u(0) = 1
import numpy as np
import tensorflow as tf

tf.random.set_seed(0)
np.random.seed(0)

net = tf.keras.Sequential([
    tf.keras.layers.Input((1,)),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.Adam(4e-3)
T0 = tf.zeros((1, 1))
U0 = tf.ones((1, 1))


def residual(t):
    with tf.GradientTape() as inner:
        u = net(t)
    du = inner.gradient(u, t, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return du + 2.0 * u


@tf.function
def step(t):
    with tf.GradientTape() as tape:
        ode = tf.reduce_mean(tf.square(residual(t)))
        initial = tf.reduce_mean(tf.square(net(T0) - U0))
        loss = ode + 10.0 * initial
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return ode, initial


for it in range(300):
    t = tf.constant(np.random.uniform(0, 1.5, (64, 1)), tf.float32)
    ode, initial = step(t)
    if it % 75 == 0:
        print(it, "ode", float(ode), "initial", float(initial))

grid = np.linspace(0, 1.5, 7, dtype="float32")[:, None]
print("max error against exp(-2t):", np.abs(net(grid).numpy() - np.exp(-2 * grid)).max())
