# fault: none
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(18)
rng = np.random.default_rng(18)

inp = keras.Input((1,))
h = keras.layers.Dense(24, activation="tanh")(inp)
h = keras.layers.Dense(24, activation="tanh")(h)
u_net = keras.Model(inp, keras.layers.Dense(1)(h))
omega = tf.Variable(1.0, name="omega")
variables = u_net.trainable_variables + [omega]
opt = keras.optimizers.Adam(0.005)

t_obs = np.linspace(0, 3, 25, dtype="float32")[:, None]
u_obs = np.cos(1.6 * t_obs)


@tf.function
def step(t):
    with tf.GradientTape() as tape:
        with tf.GradientTape() as second:
            second.watch(t)
            with tf.GradientTape() as first:
                first.watch(t)
                u = u_net(t)
            du = first.gradient(u, t)
        ddu = second.gradient(du, t)
        physics = tf.reduce_mean(tf.square(ddu + omega ** 2 * u))
        data = tf.reduce_mean(tf.square(u_net(t_obs) - u_obs))
        loss = data + 0.1 * physics
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for it in range(900):
    loss = step(tf.constant(rng.uniform(0, 3, size=(48, 1)), tf.float32))
    if it % 150 == 0 or it == 899:
        print(it, "loss", float(loss), "omega", float(omega))
