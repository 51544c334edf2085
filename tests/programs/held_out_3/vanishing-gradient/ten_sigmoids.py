# fault: vanishing-gradient
# Trains a deep tabular network of twelve hidden layers with plain SGD.
import numpy as np
import keras

keras.utils.set_random_seed(270)
rng = np.random.default_rng(270)
table = rng.normal(size=(320, 8)).astype("float32")
target = (table[:, :1] - 2 * table[:, 1:2] + np.abs(table[:, 2:3])).astype("float32")

inputs = keras.Input((8,))
h = inputs
for depth in range(12):
    h = keras.layers.Dense(32, activation="sigmoid", name=f"hidden_{depth}")(h)
outputs = keras.layers.Dense(1, name="out")(h)
network = keras.Model(inputs, outputs)
network.compile(optimizer=keras.optimizers.SGD(0.05), loss="mse")

first = network.get_layer("hidden_0").kernel.numpy().copy()
history = network.fit(table, target, epochs=8, batch_size=32, verbose=0)
print("loss per epoch", [round(v, 3) for v in history.history["loss"]])
print("variance of the target", target.var())
print("first layer moved by", np.abs(network.get_layer("hidden_0").kernel.numpy() - first).max())
