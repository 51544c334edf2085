# fault: none
"""LoRA: a regression network is pretrained on one task, then only low-rank adapters of its
hidden layer are trained on a second task."""
import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(210)
rng = np.random.default_rng(210)
x = rng.normal(size=(400, 8)).astype("float32")
direction = rng.normal(size=(8, 1))
task_a = np.tanh(x @ direction / 3).astype("float32")
task_b = np.tanh(x @ (direction + np.outer(np.eye(8)[0], [2.0])) / 3).astype("float32")


class LoraDense(layers.Layer):
    def __init__(self, base, rank=2):
        super().__init__()
        self.base, self.rank = base, rank
        self.base.trainable = False

    def build(self, input_shape):
        self.down = self.add_weight(name="lora_down", shape=(input_shape[-1], self.rank),
                                    initializer="glorot_uniform")
        self.up = self.add_weight(name="lora_up", shape=(self.rank, self.base.units),
                                  initializer="zeros")

    def call(self, inputs):
        update = ops.matmul(ops.matmul(inputs, self.down), self.up)
        return self.base(inputs) + update


base = layers.Dense(16, name="base")
head = layers.Dense(1, name="head")
pretrained = keras.Sequential([keras.Input((8,)), base, layers.Activation("tanh"), head])
pretrained.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
pretrained.fit(x, task_a, batch_size=50, epochs=6, verbose=0)

head.trainable = False
adapted = keras.Sequential([keras.Input((8,)), LoraDense(base), layers.Activation("tanh"), head])
adapted.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
print("task B before:", adapted.evaluate(x, task_b, verbose=0))
history = adapted.fit(x, task_b, batch_size=50, epochs=8, verbose=0)
print("task B during:", [round(v, 4) for v in history.history["loss"]])
print([v.name for v in adapted.trainable_variables])
