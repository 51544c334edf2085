# fault: none
# Physics informed network for u'' + u = 0, u(0)=1, u'(0)=0 and an unknown damping that is identified
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(216)
rng = np.random.default_rng(216)
C_TRUE = 0.3


def exact(t):
    w = np.sqrt(1 - C_TRUE ** 2 / 4)
    return np.exp(-C_TRUE * t / 2) * (np.cos(w * t) + C_TRUE / (2 * w) * np.sin(w * t))


t_obs = rng.uniform(0, 4, (30, 1)).astype("float32")
u_obs = (exact(t_obs) + 0.01 * rng.normal(size=t_obs.shape)).astype("float32")
t_col = tf.constant(np.linspace(0, 4, 60)[:, None], tf.float32)

net = tf.keras.Sequential([
    tf.keras.Input((1,)),
    tf.keras.layers.Rescaling(0.5, offset=-1.0),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(1),
])
damping = tf.Variable(0.0, name="damping")
variables = net.trainable_variables + [damping]
opt = tf.keras.optimizers.Adam(6e-3)
opt.build(variables)


@tf.function
def step():
    with tf.GradientTape() as tape:
        with tf.GradientTape() as second:
            second.watch(t_col)
            with tf.GradientTape() as first:
                first.watch(t_col)
                u = net(t_col)
            du = first.gradient(u, t_col)
        ddu = second.gradient(du, t_col)
        residual = tf.reduce_mean((ddu + damping * du + u) ** 2)
        data = tf.reduce_mean((net(t_obs) - u_obs) ** 2)
        loss = data + 0.1 * residual
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return data, residual


for it in range(601):
    data, residual = step()
    if it % 100 == 0:
        print(f"{it:4d} data {float(data):.5f} residual {float(residual):.5f} damping {float(damping):.3f}")
