# fault: numpy-round-trip
import keras
import numpy as np

keras.utils.set_random_seed(650)
rng = np.random.default_rng(650)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x[:, :1] + x[:, 1:2] > 0).astype("float32")
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.h = keras.layers.Dense(8)
        self.o = keras.layers.Dense(1, activation="sigmoid")
    def call(self, x):
        z = keras.ops.convert_to_numpy(self.h(x))
        return self.o(keras.ops.convert_to_tensor(np.maximum(z, 0.0)))
net = Net()
net.compile("adam", "binary_crossentropy", run_eagerly=True)
for i in range(6):
    net.train_on_batch(x, y)
