# fault: unwatched-tensor
# Physics-informed network for the decay equation u'(t) = -2 u(t), u(0) = 1 on [0, 1].
import tensorflow as tf

tf.keras.utils.set_random_seed(0)


class PINN(tf.keras.Model):
    def __init__(self, width=24):
        super().__init__()
        self.hidden = [tf.keras.layers.Dense(width, activation="tanh") for _ in range(2)]
        self.out = tf.keras.layers.Dense(1)

    def call(self, t):
        for layer in self.hidden:
            t = layer(t)
        return self.out(t)


u = PINN()
u(tf.zeros((1, 1)))
optimizer = tf.keras.optimizers.Adam(5e-3)
t0, u0 = tf.zeros((1, 1)), tf.ones((1, 1))


def residual(t):
    with tf.GradientTape() as inner:
        pred = u(t)
    du_dt = inner.gradient(pred, t, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return du_dt + 2.0 * pred


@tf.function
def step(t):
    with tf.GradientTape() as tape:
        physics = tf.reduce_mean(tf.square(residual(t)))
        boundary = tf.reduce_mean(tf.square(u(t0) - u0))
        loss = physics + 5.0 * boundary
    grads = tape.gradient(loss, u.trainable_variables)
    optimizer.apply_gradients(zip(grads, u.trainable_variables))
    return physics, boundary


for i in range(300):
    batch = tf.random.uniform((64, 1))
    physics, boundary = step(batch)
    if i % 50 == 0:
        tf.print("step", i, "physics", physics, "boundary", boundary)

grid = tf.reshape(tf.linspace(0.0, 1.0, 11), (-1, 1))
err = tf.reduce_max(tf.abs(u(grid) - tf.exp(-2.0 * grid)))
print("max error against exp(-2t):", float(err))
