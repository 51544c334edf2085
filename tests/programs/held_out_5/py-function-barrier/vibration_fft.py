# fault: py-function-barrier
"""Classify machine vibration: learned filter bank -> log power spectrum -> classifier."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(3)
rs = np.random.RandomState(3)
n, T = 480, 64
labels = rs.randint(0, 3, n)
time = np.arange(T)
freqs = np.array([4.0, 7.0, 10.0])[labels]
X = np.sin(2 * np.pi * freqs[:, None] * time / T + rs.rand(n, 1) * 6.28)
X = (X + 0.8 * rs.randn(n, T)).astype("float32")
y = labels.astype("int32")


def log_power(a):
    spec = np.abs(np.fft.rfft(a, axis=1)) ** 2
    return np.log1p(spec).astype("float32")


class SpectrumNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.filters_ = keras.layers.Conv1D(2, 9, padding="same")
        self.flat = keras.layers.Flatten()
        self.out = keras.layers.Dense(3)

    def call(self, x):
        z = self.filters_(x[..., None])
        p = tf.numpy_function(log_power, [z], tf.float32)
        p.set_shape((x.shape[0], T // 2 + 1, 2))
        return self.out(self.flat(p))


net = SpectrumNet()
opt = keras.optimizers.Adam(0.01)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = ce(yb, net(xb))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(15):
    ls = [float(step(X[i:i + 60], y[i:i + 60])) for i in range(0, n, 60)]
    if epoch % 3 == 2:
        print("epoch", epoch + 1, "loss", round(float(np.mean(ls)), 4))
