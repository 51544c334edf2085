# fault: train-step-drops-gradients
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
X = rng.normal(size=(800, 9)).astype("float32")
y = (X[:, :1] - 0.5 * X[:, 1:2] + 0.3 * X[:, 2:3] ** 2).astype("float32")


class MixupModel(keras.Model):
    def train_step(self, data):
        x, target = data
        lam = tf.random.uniform((), 0.7, 1.0)
        perm = tf.random.shuffle(tf.range(tf.shape(x)[0]))
        x_mix = lam * x + (1 - lam) * tf.gather(x, perm)
        t_mix = lam * target + (1 - lam) * tf.gather(target, perm)
        with tf.GradientTape() as tape:
            pred = self(x_mix, training=True)
            loss = self.compute_loss(y=t_mix, y_pred=pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        gradients, norm = tf.clip_by_global_norm(gradients, 5.0)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(target, self(x, training=False))
        logs = {m.name: m.result() for m in self.metrics}
        logs["grad_norm"] = norm
        return logs


inp = keras.Input((9,))
out = layers.Dense(1)(layers.Dense(32, activation="relu")(inp))
model = MixupModel(inp, out)
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse", metrics=["mae"])
hist = model.fit(X, y, batch_size=80, epochs=10, verbose=0).history
for k in ("loss", "mae", "grad_norm"):
    print(k, np.round(hist[k], 4))
