# fault: train-step-drops-gradients
"""Mixup as a keras.Model subclass with its own train_step."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(120)
rng = np.random.default_rng(120)
CLASSES = 4
proto = rng.normal(size=(CLASSES, 20)) * 0.8
y = rng.integers(0, CLASSES, 1000)
x = (proto[y] + rng.normal(size=(1000, 20))).astype("float32")
y_hot = keras.utils.to_categorical(y, CLASSES)


class MixupModel(keras.Model):
    def __init__(self, *args, alpha=0.2, **kwargs):
        super().__init__(*args, **kwargs)
        self.alpha = alpha

    def train_step(self, data):
        xb, yb = data
        lam = tf.random.uniform((), 1.0 - self.alpha, 1.0)
        perm = tf.random.shuffle(tf.range(tf.shape(xb)[0]))
        xm = lam * xb + (1.0 - lam) * tf.gather(xb, perm)
        ym = lam * yb + (1.0 - lam) * tf.gather(yb, perm)
        with tf.GradientTape() as tape:
            y_pred = self(xm, training=True)
            loss = self.compute_loss(x=xm, y=ym, y_pred=y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        gradients, norm = tf.clip_by_global_norm(gradients, 1.0)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(yb, y_pred)
        return {**{m.name: m.result() for m in self.metrics}, "grad_norm": norm}


inp = keras.Input((20,))
h = keras.layers.Dense(32, activation="relu")(inp)
h = keras.layers.Dense(32, activation="relu")(h)
model = MixupModel(inp, keras.layers.Dense(CLASSES, activation="softmax")(h))
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x[:800], y_hot[:800], validation_data=(x[800:], y_hot[800:]),
                    epochs=6, batch_size=50, verbose=2)
