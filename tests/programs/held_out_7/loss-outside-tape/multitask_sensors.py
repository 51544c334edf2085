# fault: loss-outside-tape
# Multi-task net on a machine's vibration features: regress wear, classify failure.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(4)
rs = np.random.RandomState(4)

X = rs.randn(512, 8).astype(np.float32)
wear = (0.8 * X[:, :1] - 0.5 * X[:, 1:2] * X[:, 2:3] + 0.05 * rs.randn(512, 1)).astype(np.float32)
fail = ((X[:, 3:4] + X[:, 4:5] ** 2) > 0.9).astype(np.float32)


class MultiTask(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = tf.keras.Sequential([
            tf.keras.layers.Dense(32, activation="elu"),
            tf.keras.layers.Dense(32, activation="elu"),
        ])
        self.wear_head = tf.keras.layers.Dense(1, name="wear")
        self.fail_head = tf.keras.layers.Dense(1, name="fail")

    def call(self, x):
        h = self.trunk(x)
        return self.wear_head(h), self.fail_head(h)


net = MultiTask()
net(X[:2])
opt = tf.keras.optimizers.Adam(3e-3)
mse = tf.keras.losses.MeanSquaredError()
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)


def batches(size=64):
    order = rs.permutation(len(X))
    for i in range(0, len(X), size):
        j = order[i:i + size]
        yield X[j], wear[j], fail[j]


for epoch in range(12):
    reg, cls = [], []
    for xb, wb, fb in batches():
        with tf.GradientTape() as tape:
            pw, pf = net(xb)
            loss_wear = mse(wb, pw)
        loss_fail = bce(fb, pf)
        grads = tape.gradient([loss_wear, loss_fail], net.trainable_variables)
        opt.apply_gradients(zip(grads, net.trainable_variables))
        reg.append(float(loss_wear))
        cls.append(float(loss_fail))
    if epoch % 3 == 2:
        print(f"[{epoch + 1:02d}] wear mse={np.mean(reg):.4f}  failure bce={np.mean(cls):.4f}")

_, pf = net(X)
print("failure accuracy:", np.mean((pf.numpy() > 0) == (fail > 0.5)))
