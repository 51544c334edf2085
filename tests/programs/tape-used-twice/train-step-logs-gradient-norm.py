# fault: tape-used-twice
"""Binary classifier trained with fit(); train_step is overridden so that the norm
of the first layer's gradient shows up in the progress bar."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(6)


class MonitoredModel(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        first_kernel = self.trainable_variables[0]
        grad_norm = tf.norm(tape.gradient(loss, first_kernel))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        logs = {m.name: m.result() for m in self.metrics}
        logs["grad_norm"] = grad_norm
        return logs


rng = np.random.default_rng(6)
x_train = rng.normal(size=(320, 7)).astype("float32")
y_train = (x_train[:, 0] * x_train[:, 1] > 0).astype("float32").reshape(-1, 1)

inp = keras.Input(shape=(7,))
z = layers.Dense(24, activation="relu")(inp)
z = layers.Dense(12, activation="relu")(z)
out = layers.Dense(1, activation="sigmoid")(z)
model = MonitoredModel(inp, out)
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy",
              metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=32, epochs=5, verbose=2)
