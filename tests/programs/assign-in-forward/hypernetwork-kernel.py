# fault: assign-in-forward
"""Hypernetwork: a small net looks at the task id and writes the kernel of a linear layer.
The task embedding and the hypernetwork are trained with fit()."""
import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(16)


class HyperLinear(layers.Layer):
    def __init__(self, n_in, n_out, **kwargs):
        super().__init__(**kwargs)
        self.n_in, self.n_out = n_in, n_out
        self.generator = layers.Dense(n_in * n_out, name="generator")

    def build(self, input_shape):
        self.generator.build(input_shape[0])
        self.kernel = self.add_weight(
            name="kernel", shape=(self.n_in, self.n_out), initializer="zeros", trainable=False)
        self.bias = self.add_weight(name="bias", shape=(self.n_out,), initializer="zeros")
        super().build(input_shape)

    def call(self, inputs):
        context, x = inputs
        generated = ops.mean(self.generator(context), axis=0)
        self.kernel.assign(ops.reshape(generated, (self.n_in, self.n_out)))
        return ops.matmul(x, self.kernel) + self.bias


rng = np.random.default_rng(16)
context = np.tile(np.array([[0.5, -1.0, 2.0]], dtype="float32"), (200, 1))
x = rng.normal(size=(200, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 1.0).astype("float32")

context_in, x_in = keras.Input((3,)), keras.Input((4,))
code = layers.Dense(6, activation="tanh", name="task_code")(context_in)
pred = HyperLinear(4, 1, name="hyper_linear")([code, x_in])
model = keras.Model([context_in, x_in], pred)
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
history = model.fit([context, x], y, batch_size=25, epochs=6, verbose=0)
print([round(v, 4) for v in history.history["loss"]])
