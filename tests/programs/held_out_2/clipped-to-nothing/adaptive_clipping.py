# fault: clipped-to-nothing
# Adaptive gradient clipping as in normaliser-free networks, around plain SGD.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(38)
rng = np.random.default_rng(38)
x = rng.normal(size=(384, 9)).astype("float32")
y = (x[:, :1] * x[:, 1:2] + x[:, 2:3] + 1.0).astype("float32")


def adaptive_clip(gradient, parameter, clip=0.02, eps=1e-3):
    """Limits a gradient relative to the norm of its parameter (Brock et al.)."""
    limit = clip * tf.minimum(tf.norm(parameter), eps)
    norm = tf.maximum(tf.norm(gradient), 1e-6)
    return tf.where(norm > limit, gradient * (limit / norm), gradient)


class ClippedModel(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        grads = tape.gradient(loss, self.trainable_variables)
        grads = [adaptive_clip(g, v) for g, v in zip(grads, self.trainable_variables)]
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


inputs = keras.Input((9,))
h = keras.layers.Dense(32, activation="relu")(inputs)
h = keras.layers.Dense(32, activation="relu")(h)
model = ClippedModel(inputs, keras.layers.Dense(1)(h))
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
log = model.fit(x, y, batch_size=64, epochs=6, verbose=0)
print([round(v, 4) for v in log.history["loss"]])
