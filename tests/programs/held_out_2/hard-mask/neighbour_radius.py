# fault: hard-mask
# Message passing between particles; the interaction radius is learned together with the weights.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(15)
rng = np.random.default_rng(15)
BOXES, PARTICLES = 40, 12

position = rng.uniform(0, 2, size=(BOXES, PARTICLES, 2)).astype("float32")
distance = np.linalg.norm(position[:, :, None] - position[:, None], axis=-1).astype("float32")
crowding = (distance < 0.9).sum(-1, keepdims=True).astype("float32") - 1.0


class Interaction(keras.layers.Layer):
    def __init__(self, units, radius=0.3):
        super().__init__()
        self.message = keras.layers.Dense(units, activation="softplus")
        self.start = radius

    def build(self, shape):
        self.radius = self.add_weight(shape=(), initializer=keras.initializers.Constant(self.start),
                                      name="radius")
        self.message.build((None, None, None, 1))

    def call(self, distance):
        messages = self.message(distance[..., None])
        near = distance < self.radius
        return tf.reduce_sum(tf.where(near[..., None], messages, 0.0), axis=2)


class ParticleNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.interaction = Interaction(8)
        self.out = keras.layers.Dense(1)

    def call(self, distance):
        return self.out(self.interaction(distance))


net = ParticleNet()
optimizer = keras.optimizers.Adam(0.02)
data = tf.data.Dataset.from_tensor_slices((distance, crowding)).batch(8)
for epoch in range(6):
    for d, c in data:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((net(d) - c) ** 2)
        grads = tape.gradient(loss, net.trainable_variables)
        optimizer.apply_gradients(zip(grads, net.trainable_variables))
    print(f"epoch {epoch} loss {float(loss):.4f} radius {float(net.interaction.radius):.3f}")
