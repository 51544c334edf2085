# fault: train-step-drops-gradients
# mixup training through a train_step override
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(95)


class MixupModel(keras.Model):
    def train_step(self, data):
        x, y = data
        y = tf.one_hot(tf.cast(y, tf.int32), 3)
        lam = tf.random.uniform((tf.shape(x)[0], 1), 0.7, 1.0)
        order = tf.random.shuffle(tf.range(tf.shape(x)[0]))
        x_mix = lam * x + (1 - lam) * tf.gather(x, order)
        y_mix = lam * y + (1 - lam) * tf.gather(y, order)
        with tf.GradientTape() as tape:
            y_pred = self(x_mix, training=True)
            loss = self.compute_loss(x=x_mix, y=y_mix, y_pred=y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        gradients, norm = tf.clip_by_global_norm(gradients, 5.0)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {**{m.name: m.result() for m in self.metrics}, "grad_norm": norm}


centres = np.random.randn(3, 10) * 1.2
y = np.random.randint(0, 3, 960)
X = (centres[y] + np.random.randn(960, 10)).astype("float32")
X = (X - X.mean(0)) / X.std(0)

inp = keras.Input((10,))
h = keras.layers.Dense(32, activation="relu")(inp)
model = MixupModel(inp, keras.layers.Dense(3)(h))
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss=keras.losses.CategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(X, y, batch_size=64, epochs=5, verbose=2)
