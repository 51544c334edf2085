# fault: integer-variable
# Interpolates altitudes on a map with radial basis functions whose centres are learned.
import numpy as np
import tensorflow as tf

tf.random.set_seed(14)
rng = np.random.default_rng(14)

# map squares are addressed by column and row
squares = np.stack(np.meshgrid(np.arange(12), np.arange(12)), -1).reshape(-1, 2)
hills = np.array([[2.6, 3.1], [8.4, 8.8]])
altitude = sum(np.exp(-((squares - h) ** 2).sum(-1) / 8.0) for h in hills)
altitude = altitude[:, None].astype("float32")


class RadialMap(tf.Module):
    def __init__(self, seeds, width=2.0):
        super().__init__()
        self.centres = tf.Variable(seeds, name="centres")
        self.log_width = tf.Variable(tf.fill([len(seeds)], float(np.log(width))), name="log_width")
        self.height = tf.Variable(tf.random.normal((len(seeds), 1), stddev=0.1), name="height")
        self.offset = tf.Variable(tf.zeros((1,)), name="offset")

    def __call__(self, points):
        gap = points[:, None, :] - tf.cast(self.centres, tf.float32)[None]
        activation = tf.exp(-tf.reduce_sum(gap ** 2, -1) / (2.0 * tf.exp(2.0 * self.log_width)))
        return activation @ self.height + self.offset


surface = RadialMap(squares[rng.choice(len(squares), 4, replace=False)])
points = tf.constant(squares, tf.float32)
optimizer = tf.keras.optimizers.Adam(0.05)

for step in range(30):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((surface(points) - altitude) ** 2)
    variables = surface.trainable_variables
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
    if step % 10 == 0:
        print("step", step, "error", float(loss))
print("centres:", surface.centres.numpy().tolist())
