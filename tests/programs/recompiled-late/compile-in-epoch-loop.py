# fault: recompiled-late
"""Train a linear read-out in short rounds, printing the learned coefficients after every round."""
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(68)
rng = np.random.default_rng(68)
x = (rng.normal(size=(160, 4)) * [1.0, 0.5, 0.4, 0.3]).astype("float32")
y = x @ np.array([[1.0], [2.0], [-3.0], [4.0]]) + 0.5

model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
losses = []
for round_number in range(1, 9):
    optimizer = keras.optimizers.SGD(0.02, momentum=0.95)
    model.compile(optimizer=optimizer, loss="mse", run_eagerly=True)
    result = model.fit(x, y, batch_size=40, epochs=1, verbose=0)
    losses.append(result.history["loss"][0])
    print("round", round_number, "weights", model.get_weights()[0].ravel().round(3))
print("loss per round", np.round(losses, 4))
print("optimizer steps", int(model.optimizer.iterations))
