# fault: integer-variable
# Radial basis network: centres, widths and weights of a handful of bumps are fitted to a curve.
import numpy as np
import tensorflow as tf

tf.random.set_seed(6)
x = np.linspace(0, 10, 120).astype("float32")
target = np.exp(-(x - 2.4) ** 2) - 0.7 * np.exp(-(x - 5.5) ** 2 / 0.8) + 0.9 * np.exp(-(x - 8.6) ** 2 / 1.5)
target = target.astype("float32")


class RBFNet(tf.Module):
    def __init__(self, centers=(1, 4, 7)):
        super().__init__(name="rbf")
        self.centers = tf.Variable(centers, name="centers")
        self.log_width = tf.Variable(tf.zeros(len(centers)), name="log_width")
        self.weights = tf.Variable(tf.random.normal((len(centers),), stddev=0.3), name="weights")

    def __call__(self, inputs):
        dist = inputs[:, None] - tf.cast(self.centers, tf.float32)[None, :]
        phi = tf.exp(-tf.square(dist) * tf.exp(-self.log_width))
        return tf.linalg.matvec(phi, self.weights)


net = RBFNet()
optimizer = tf.keras.optimizers.Adam(learning_rate=0.02)
variables = net.trainable_variables

@tf.function
def train_step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(tf.constant(x)) - target))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients([(g, v) for g, v in zip(gradients, variables) if g is not None])
    return loss


for step in range(250):
    loss = train_step()
    if step % 50 == 0:
        print(f"step {step:3d}  mse {loss.numpy():.5f}")
print("centers", net.centers.numpy(), "weights", net.weights.numpy().round(2))
