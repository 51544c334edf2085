# fault: nan-in-unused-branch
"""Image tone mapping with a power curve as a Keras layer, fitted on synthetic patches."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(73)
rng = np.random.default_rng(73)
patches = rng.uniform(0.0, 1.0, size=(160, 9)).astype("float32")
mapped = np.maximum(1.2 * patches - 0.3, 0.0) ** 0.6


class ToneCurve(keras.layers.Layer):
    def build(self, input_shape):
        self.gain = self.add_weight(shape=(), initializer="ones", name="gain")
        self.black = self.add_weight(
            shape=(), initializer=keras.initializers.Constant(0.1), name="black")

    def call(self, image):
        level = tf.nn.relu(self.gain * image - self.black)
        return tf.where(level > 0, level ** 0.5, 0.0)


curve = keras.Sequential([keras.layers.Input((9,)), ToneCurve(name="tone")])
curve.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
history = curve.fit(patches, mapped.astype("float32"), batch_size=32, epochs=4, verbose=0)
print("loss", history.history["loss"])
print("gain and black level", [float(w.numpy()) for w in curve.get_layer("tone").weights])
