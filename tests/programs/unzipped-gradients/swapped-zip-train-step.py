# fault: unzipped-gradients
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(790)
rng = np.random.default_rng(790)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = keras.layers.Dense(1)
    def call(self, x):
        return self.d(x)
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=y, y_pred=self(x, training=True))
        g = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(self.trainable_variables, g))
        return {"loss": loss}
m = M()
m.compile("sgd", "mse")
m.fit(x, y, verbose=0)
