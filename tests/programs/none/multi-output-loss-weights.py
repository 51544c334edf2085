# fault: none
"""Two-headed network (price and category) with fit and fixed loss weights."""
import keras
import numpy as np

keras.utils.set_random_seed(108)
rng = np.random.default_rng(108)
x = rng.normal(size=(200, 7)).astype("float32")
price = (x @ rng.normal(size=(7, 1)) * 0.5).astype("float32")
category = (x[:, :3] + 0.2 * rng.normal(size=(200, 3))).argmax(axis=1)

inputs = keras.Input((7,))
trunk = keras.layers.Dense(24, activation="relu")(inputs)
price_out = keras.layers.Dense(1, name="price")(trunk)
category_out = keras.layers.Dense(3, activation="softmax", name="category")(trunk)
model = keras.Model(inputs, {"price": price_out, "category": category_out})
model.compile(
    optimizer=keras.optimizers.Adam(0.01),
    loss={"price": "mse", "category": "sparse_categorical_crossentropy"},
    loss_weights={"price": 0.3, "category": 1.0},
)
targets = {"price": price, "category": category}
history = model.fit(x, targets, batch_size=40, epochs=6, verbose=0)
for key, values in history.history.items():
    print(key, np.round(values, 3))
