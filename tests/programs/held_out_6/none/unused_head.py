# fault: none
# subclassed multi-task model; the auxiliary head is kept for later and never called
import numpy as np
import tensorflow as tf


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.mask = tf.keras.layers.GaussianNoise(0.1)
        self.body = tf.keras.layers.Dense(32, activation="swish")
        self.norm = tf.keras.layers.LayerNormalization()
        self.main_head = tf.keras.layers.Dense(1)
        self.aux_head = tf.keras.layers.Dense(7)

    def call(self, x, training=False, with_aux=False):
        h = self.norm(self.body(self.mask(x, training=training)))
        if with_aux:
            return self.main_head(h), self.aux_head(h)
        return self.main_head(h)


tf.keras.utils.set_random_seed(117)
X = np.random.randn(640, 9).astype("float32")
y = (X[:, :1] * 0.7 - np.abs(X[:, 1:2]) + 0.1 * np.random.randn(640, 1)).astype("float32")
net = Net()
net.compile(optimizer=tf.keras.optimizers.Nadam(4e-3), loss=tf.keras.losses.LogCosh(), metrics=["mae"])
for epoch in range(6):
    order = np.random.permutation(640)
    for s in range(0, 640, 64):
        out = net.train_on_batch(X[order[s:s + 64]], y[order[s:s + 64]], return_dict=True)
    net.reset_metrics()
    residual = net.predict_on_batch(X) - y
    print(epoch, {k: round(float(v), 3) for k, v in out.items()}, "numpy rmse", np.sqrt((residual ** 2).mean()))
