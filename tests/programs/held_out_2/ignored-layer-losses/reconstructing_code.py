# fault: ignored-layer-losses
# Classifies machine states from a code that must also be able to restore the input.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(18)
rng = np.random.default_rng(18)
source = rng.normal(size=(320, 4))
readings = (source @ rng.normal(size=(4, 12)) / 2 + 0.05 * rng.normal(size=(320, 12))).astype("float32")
state = (source[:, 0] > 0).astype("int64") + (source[:, 1] > 0)


class ReconstructingCode(layers.Layer):
    """Encodes its input and keeps track of what can be restored from the code."""

    def __init__(self, units):
        super().__init__()
        self.encode = layers.Dense(units, activation="tanh")
        self.restore_hidden = layers.Dense(24, activation="relu")
        self.units = units

    def build(self, shape):
        self.encode.build(shape)
        self.restore_hidden.build((None, self.units))
        self.restore = self.add_weight(shape=(24, shape[-1]), name="restore")

    def call(self, x):
        code = self.encode(x)
        restored = tf.matmul(self.restore_hidden(code), self.restore)
        self.restored = restored
        self.add_loss(tf.reduce_mean(tf.square(x - restored)))
        return code


class Machine(keras.Model):
    def __init__(self):
        super().__init__()
        self.code = ReconstructingCode(8)
        self.head = layers.Dense(3)

    def call(self, x):
        return self.head(self.code(x))


machine = Machine()
optimizer = keras.optimizers.Adam(0.01)
criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
data = tf.data.Dataset.from_tensor_slices((readings, state)).shuffle(320, seed=2).batch(64)
for epoch in range(6):
    for x, y in data:
        with tf.GradientTape() as tape:
            loss = criterion(y, machine(x, training=True))
        grads = tape.gradient(loss, machine.trainable_variables)
        optimizer.apply_gradients(
            (g, v) for g, v in zip(grads, machine.trainable_variables) if g is not None)
    machine(readings)
    error = float(tf.reduce_mean(tf.square(machine.code.restored - readings)))
    print(f"epoch {epoch}: class loss {float(loss):.4f}, restoration error {error:.4f}")
