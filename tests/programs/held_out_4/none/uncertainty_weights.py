# fault: none
# Depth and surface-type prediction with homoscedastic uncertainty weights inside a loss layer.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(116)
rng = np.random.default_rng(116)
X = rng.normal(size=(640, 8)).astype("float32")
depth = (np.tanh(X[:, :1]) + 0.5 * X[:, 1:2] + 0.2 * rng.normal(size=(640, 1))).astype("float32")
surface = np.argmax(X[:, 2:5] + 0.3 * rng.normal(size=(640, 3)), axis=1)


class MultiTask(keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = keras.layers.Dense(48, activation="relu")
        self.depth_head = keras.layers.Dense(1)
        self.surface_head = keras.layers.Dense(3)
        self.log_vars = self.add_weight(name="log_vars", shape=(2,), initializer="zeros")
        self.tracker = keras.metrics.Mean(name="objective")

    def call(self, x):
        h = self.trunk(x)
        return self.depth_head(h), self.surface_head(h)

    @property
    def metrics(self):
        return [self.tracker]

    def train_step(self, data):
        x, (d, s) = data
        with tf.GradientTape() as tape:
            depth_pred, surface_logits = self(x, training=True)
            l_depth = tf.reduce_mean(tf.square(d - depth_pred))
            l_surface = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=s, logits=surface_logits))
            s1, s2 = self.log_vars[0], self.log_vars[1]
            loss = 0.5 * tf.exp(-s1) * l_depth + 0.5 * s1 + tf.exp(-s2) * l_surface + 0.5 * s2
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.tracker.update_state(loss)
        return {"objective": self.tracker.result(), "depth": l_depth, "surface": l_surface}


model = MultiTask()
model.compile(optimizer=keras.optimizers.Adam(5e-3))
log = model.fit(X, (depth, surface), batch_size=64, epochs=18, verbose=0).history
for e in range(0, 18, 4):
    print(f"epoch {e:2d} objective {log['objective'][e]:+.3f} depth {log['depth'][e]:.3f} surface {log['surface'][e]:.3f}")
print("log variances", model.log_vars.numpy().round(3))
