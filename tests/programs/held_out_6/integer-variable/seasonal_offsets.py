# fault: integer-variable
# daily demand model: linear trend features plus one learned offset per weekday
import numpy as np
import tensorflow as tf

tf.random.set_seed(1)
rs = np.random.RandomState(1)


class Demand(tf.Module):
    def __init__(self, n_features):
        super().__init__()
        self.w = tf.Variable(tf.random.normal((n_features, 1), stddev=0.1), name="w")
        self.base = tf.Variable(0.0, name="base")
        self.weekday = tf.Variable([0, 0, 0, 0, 0, 0, 0], name="weekday")

    def __call__(self, x, day):
        offset = tf.cast(tf.gather(self.weekday, day), tf.float32)
        return tf.squeeze(x @ self.w, -1) + self.base + offset


N = 728
day = (np.arange(N) % 7).astype("int32")
feats = rs.randn(N, 4).astype("float32")
effect = np.array([0.5, -0.3, 0.0, 0.4, 1.5, 2.2, -2.0])
demand = (feats @ np.array([0.8, -0.4, 0.3, 0.1]) + 1.0 + effect[day] + 0.1 * rs.randn(N)).astype("float32")

model = Demand(4)
opt = tf.keras.optimizers.SGD(0.05)
for step in range(200):
    pick = rs.choice(N, 128, replace=False)
    with tf.GradientTape() as tape:
        err = model(feats[pick], day[pick]) - demand[pick]
        loss = tf.reduce_mean(err * err)
    weights = [model.w, model.base, model.weekday]
    grads = tape.gradient(loss, weights)
    opt.apply_gradients(zip(grads, weights))
    if step % 50 == 0:
        print(f"step {step} mse {loss.numpy():.4f}")
