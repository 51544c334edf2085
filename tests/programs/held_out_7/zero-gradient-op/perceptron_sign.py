# fault: zero-gradient-op
# Spin classification (+1/-1) on a toy Ising chain: predict the sign of the magnetisation at the end.
import numpy as np
import tensorflow as tf

np.random.seed(30)
tf.keras.utils.set_random_seed(30)

spins = np.random.choice([-1.0, 1.0], size=(1000, 15))
field = np.linspace(1.5, 0.2, 15)
target = np.where(spins @ field + 0.3 * np.random.randn(1000) > 0, 1.0, -1.0)
spins, target = spins.astype("float32"), target.astype("float32")[:, None]


class SpinNet(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(20, activation="tanh")
        self.out = tf.keras.layers.Dense(1)

    def call(self, s):
        return self.out(self.hidden(s))


class SpinLoss(tf.keras.losses.Loss):
    """mean of (1 - s * s_hat) / 2, the share of wrong spins"""

    def call(self, y_true, y_pred):
        s_hat = tf.sign(y_pred)
        return tf.reduce_mean((1.0 - y_true * s_hat) / 2.0, axis=-1)


net = SpinNet()
net.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss=SpinLoss())
before = net(spins).numpy()
log = net.fit(spins, target, batch_size=100, epochs=10, verbose=0, validation_split=0.1)
print("train:", np.round(log.history["loss"], 4))
print("valid:", np.round(log.history["val_loss"], 4))
print("largest change of an output:", np.abs(net(spins).numpy() - before).max())
