# fault: frozen-variable
# Predicts rents from the district and the flat size with an embedding of the district.
import numpy as np
import keras

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)
n_districts = 40
level = rng.normal(scale=2.0, size=n_districts)
district = rng.integers(0, n_districts, size=(800, 1))
size = rng.normal(size=(800, 1))
rent = (level[district] + 0.8 * size + rng.normal(scale=0.1, size=(800, 1))).astype("float32")

district_in = keras.Input((1,), dtype="int32", name="district")
size_in = keras.Input((1,), name="size")
vector = keras.layers.Embedding(n_districts, 2, trainable=False, name="district_vector")(district_in)
vector = keras.layers.Flatten()(vector)
merged = keras.layers.Concatenate()([vector, size_in])
hidden = keras.layers.Dense(8, activation="tanh")(merged)
price = keras.layers.Dense(1)(hidden)

model = keras.Model([district_in, size_in], price)
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
for epoch in range(8):
    h = model.fit({"district": district, "size": size}, rent, batch_size=50, epochs=1, verbose=0)
    print("epoch", epoch, "mse", h.history["loss"][0])
