# fault: vanishing-gradient
# Ten hidden layers for a smooth 2-D function, activations as in the old textbook
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(18)
rng = np.random.default_rng(18)
X = rng.uniform(-1, 1, (1000, 2)).astype("float32")
y = (np.sin(3 * X[:, 0]) * np.cos(2 * X[:, 1]))[:, None].astype("float32")
y = (y - y.mean()) / y.std()

DEPTH, WIDTH = 10, 24


def build():
    inp = tf.keras.Input((2,))
    h = inp
    for k in range(DEPTH):
        h = layers.Dense(WIDTH, activation="sigmoid", name=f"hidden_{k}")(h)
    return tf.keras.Model(inp, layers.Dense(1, name="readout")(h))


model = build()
model.compile(optimizer=tf.keras.optimizers.SGD(0.1), loss="mse")


class Report(tf.keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.start = [w.copy() for w in self.model.get_weights()]

    def on_epoch_end(self, epoch, logs=None):
        if epoch % 3 == 2:
            print(f"epoch {epoch + 1} mse {logs['loss']:.4f}")

    def on_train_end(self, logs=None):
        for v, w0 in zip(self.model.trainable_variables, self.start):
            if "kernel" in v.path:
                print(f"{v.path:22s} moved {np.abs(v.numpy() - w0).max():.2e}")


model.fit(X, y, batch_size=50, epochs=12, verbose=0, callbacks=[Report()])
print("variance of the target:", y.var())
