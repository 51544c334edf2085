# fault: assign-in-forward
# regression MLP with weight-normalised layers
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(31)


class WeightNormDense(tf.keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        self.act = tf.keras.activations.get(activation)

    def build(self, shape):
        d = shape[-1]
        self.v = self.add_weight(shape=(d, self.units), initializer="glorot_normal", name="v")
        self.g = self.add_weight(shape=(self.units,), initializer="ones", name="g")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        self.kernel = self.add_weight(shape=(d, self.units), initializer="zeros", trainable=False, name="kernel")

    def call(self, x):
        self.kernel.assign(self.g * tf.math.l2_normalize(self.v, axis=0))
        return self.act(tf.matmul(x, self.kernel) + self.bias)


X = np.random.randn(512, 8).astype("float32")
y = (np.sin(X[:, :1]) + X[:, 1:2] * X[:, 2:3] * 0.5).astype("float32")

model = tf.keras.Sequential([tf.keras.Input((8,)), WeightNormDense(32, "tanh"), WeightNormDense(16, "tanh"), WeightNormDense(1)])
opt = tf.keras.optimizers.Adam(5e-3)
for epoch in range(8):
    losses = []
    for k in range(0, 512, 64):
        xb, yb = X[k:k + 64], y[k:k + 64]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(xb, training=True) - yb) ** 2)
        g = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(g, model.trainable_variables))
        losses.append(loss.numpy())
    print("epoch", epoch, "mse", np.mean(losses))
