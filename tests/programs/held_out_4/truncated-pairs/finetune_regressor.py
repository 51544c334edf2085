# fault: truncated-pairs
# Energy consumption regression with a backbone and a head held by a small trainer class.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers, optimizers

tf.keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)
X = rng.normal(size=(512, 10)).astype("float32")
Y = (np.sin(X[:, 0]) + X[:, 1] * X[:, 2] + 2.0 + 0.1 * rng.normal(size=512)).astype("float32")[:, None]


def backbone_and_model():
    inp = Input((10,))
    h = layers.Dense(32, activation="relu")(inp)
    h = layers.Dense(32, activation="relu")(h)
    backbone = Model(inp, h, name="backbone")
    out = layers.Dense(16, activation="relu", name="head_hidden")(backbone(inp))
    return backbone, Model(inp, layers.Dense(1, name="head_out")(out), name="full")


class Trainer:
    def __init__(self, lr):
        self.backbone, self.model = backbone_and_model()
        self.variables = self.backbone.trainable_variables
        self.optimizer = optimizers.Adam(lr)

    def fit(self, x, y, epochs, batch_size=64):
        ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x), seed=0).batch(batch_size)
        for epoch in range(epochs):
            losses = []
            for xb, yb in ds:
                with tf.GradientTape() as tape:
                    loss = tf.reduce_mean(tf.square(self.model(xb, training=True) - yb))
                grads = tape.gradient(loss, self.model.trainable_variables)
                grads, _ = tf.clip_by_global_norm(grads, 10.0)
                self.optimizer.apply_gradients(zip(grads, self.variables))
                losses.append(float(loss))
            print(f"epoch {epoch} mse {np.mean(losses):.4f}")


Trainer(3e-3).fit(X, Y, epochs=10)
