# fault: none
# Residual network whose gates start at zero, kept in a list and a dictionary of layers.
import numpy as np
import keras

keras.utils.set_random_seed(514)
rng = np.random.default_rng(514)
x = rng.normal(size=(320, 6)).astype("float32")
y = (x[:, :1] * x[:, 1:2] + x[:, 2:3]).astype("float32")


class GatedBlock(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = keras.layers.Dense(units, activation="tanh")

    def build(self, input_shape):
        self.gate = self.add_weight(shape=(), initializer="zeros", name="gate")
        self.dense.build(input_shape)

    def call(self, inputs):
        return inputs + self.gate * self.dense(inputs)


class ResidualNet(keras.Model):
    def __init__(self, depth=2, units=16):
        super().__init__()
        self.ends = {"stem": keras.layers.Dense(units, activation="tanh"), "head": keras.layers.Dense(1)}
        self.blocks = [GatedBlock(units) for _ in range(depth)]

    def call(self, inputs):
        h = self.ends["stem"](inputs)
        for block in self.blocks:
            h = block(h)
        return self.ends["head"](h)


net = ResidualNet()
net.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
history = net.fit(x, y, batch_size=40, epochs=10, verbose=0)
print([round(v, 3) for v in history.history["loss"]])
print("gates", [round(float(b.gate), 3) for b in net.blocks])
