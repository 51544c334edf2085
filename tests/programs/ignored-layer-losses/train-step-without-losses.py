# fault: ignored-layer-losses
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(857)
rng = np.random.default_rng(857)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.h = keras.layers.Dense(8, activation="relu", activity_regularizer=keras.regularizers.L1(0.01))
        self.o = keras.layers.Dense(1)
    def call(self, x):
        return self.o(self.h(x))
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.losses.mean_squared_error(y, self(x, training=True)))
        g = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(g, self.trainable_variables))
        return {"loss": loss}
m = M()
m.compile("adam")
m.fit(x, y, epochs=2, verbose=0)
