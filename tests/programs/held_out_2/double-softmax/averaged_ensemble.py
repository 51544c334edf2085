# fault: double-softmax
# Classifies digits-like blobs with an average of two small expert networks.
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(35)
rng = np.random.default_rng(35)
CLASSES = 10
middle = rng.normal(size=(CLASSES, 16)) * 2
label = rng.integers(0, CLASSES, 500)
blobs = (middle[label] + rng.normal(size=(500, 16)) * 0.5).astype("float32")


def expert(x, activation, name):
    h = layers.Dense(32, activation=activation, name=f"{name}_hidden")(x)
    return layers.Dense(CLASSES, activation="softmax", name=f"{name}_vote")(h)


inputs = keras.Input((16,))
votes = [expert(inputs, "relu", "first"), expert(inputs, "tanh", "second")]
scores = layers.Average(name="ensemble")(votes)
model = keras.Model(inputs, scores)

model.compile(
    optimizer=keras.optimizers.Adam(0.01),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=[keras.metrics.SparseCategoricalAccuracy(name="acc")],
)
log = model.fit(blobs, label, batch_size=50, epochs=8, verbose=0)
for epoch, (loss, acc) in enumerate(zip(log.history["loss"], log.history["acc"])):
    print(f"epoch {epoch}: loss {loss:.4f} acc {acc:.3f}")
