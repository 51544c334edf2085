# fault: unbounded-loss-parameter
# Oscillator PINN u'' + 9u = 0 with data points, where the balance of both terms is learned.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(61)
t_data = tf.constant(np.linspace(0, 0.6, 12)[:, None], tf.float32)
u_data = tf.cos(3.0 * t_data)


class AdaptivePINN(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.net = tf.keras.Sequential([
            tf.keras.Input((1,)),
            tf.keras.layers.Dense(24, activation="tanh"),
            tf.keras.layers.Dense(24, activation="tanh"),
            tf.keras.layers.Dense(1),
        ])
        self.physics_weight = self.add_weight(name="physics_weight", shape=(), initializer="ones")

    def call(self, t):
        return self.net(t)

    def residual(self, t):
        with tf.GradientTape() as outer:
            outer.watch(t)
            with tf.GradientTape() as inner:
                inner.watch(t)
                u = self.net(t)
            du = inner.gradient(u, t)
        return (outer.gradient(du, t) + 9.0 * u) / 9.0


model = AdaptivePINN()
optimizer = tf.keras.optimizers.Adam(1e-2)


@tf.function
def step():
    t = tf.random.uniform((48, 1), 0.0, 1.5)
    with tf.GradientTape() as tape:
        data = tf.reduce_mean(tf.square(model(t_data) - u_data))
        physics = tf.reduce_mean(tf.square(model.residual(t)))
        loss = data + model.physics_weight * physics
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss, data, physics


for i in range(300):
    loss, data, physics = step()
    if i % 50 == 0:
        print(f"{i:3d} loss {float(loss):.4f} data {float(data):.4f} physics {float(physics):.4f} "
              f"weight {float(model.physics_weight):.3f}")
