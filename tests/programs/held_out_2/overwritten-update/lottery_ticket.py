# fault: overwritten-update
# Trains a sparse subnetwork: small weights are pruned once and kept at zero.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(23)
rng = np.random.default_rng(23)
x = rng.normal(size=(300, 10)).astype("float32")
y = (x[:, 0] * x[:, 1] + x[:, 2] > 0).astype("int32")

model = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(2),
])


class LotteryTicket(keras.callbacks.Callback):
    """Keeps the pruned connections of every dense kernel at zero."""

    def __init__(self, sparsity):
        super().__init__()
        self.sparsity = sparsity

    def on_train_begin(self, logs=None):
        self.tickets = []
        for layer in self.model.layers:
            kernel = layer.kernel.numpy()
            mask = np.abs(kernel) >= np.quantile(np.abs(kernel), self.sparsity)
            self.tickets.append((layer, kernel * mask))

    def on_train_batch_end(self, batch, logs=None):
        for layer, pruned in self.tickets:
            layer.kernel.assign(pruned)


model.compile(
    optimizer=keras.optimizers.Adam(5e-3),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
log = model.fit(x, y, batch_size=50, epochs=6, verbose=0, callbacks=[LotteryTicket(0.3)])
for epoch, (l, a) in enumerate(zip(log.history["loss"], log.history["accuracy"])):
    print(f"{epoch}: loss {l:.4f} accuracy {a:.3f}")
