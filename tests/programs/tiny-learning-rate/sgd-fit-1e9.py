# fault: tiny-learning-rate
"""Fine-tuning style training of a regression network with a very careful SGD."""
import keras
import numpy as np

keras.utils.set_random_seed(6)
rng = np.random.default_rng(6)
x = rng.normal(size=(128, 7)).astype("float32")
y = (np.tanh(x[:, :2]).sum(axis=1, keepdims=True) + x[:, 2:3] * 2).astype("float32")

inputs = keras.Input(shape=(7,))
hidden = keras.layers.Dense(20, activation="elu")(inputs)
outputs = keras.layers.Dense(1)(hidden)
model = keras.Model(inputs, outputs)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=1e-9),
    loss="mse",
    metrics=["mae"],
)

history = model.fit(x, y, epochs=6, batch_size=32, validation_split=0.2, verbose=0)
for epoch, (a, b) in enumerate(zip(history.history["loss"], history.history["val_loss"])):
    print(f"epoch {epoch}  train {a:.5f}  val {b:.5f}")
