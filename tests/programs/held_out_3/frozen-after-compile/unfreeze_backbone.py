# fault: frozen-after-compile
# Two-phase training of a spectrum classifier: first the head, then the whole network.
import numpy as np
import keras

keras.utils.set_random_seed(420)
rng = np.random.default_rng(420)
spectra = rng.normal(size=(256, 12)).astype("float32")
material = (np.sin(2 * spectra[:, 0]) + spectra[:, 1] * spectra[:, 2] > 0).astype("float32")

backbone = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(4, activation="tanh"),
], name="backbone")
inputs = keras.Input((12,))
model = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid", name="head")(backbone(inputs)))

backbone.trainable = False
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="binary_crossentropy", metrics=["accuracy"])
phase1 = model.fit(spectra, material, batch_size=64, epochs=2, verbose=0)
print("head only:", phase1.history["loss"])

backbone.trainable = True
print("trainable weights now:", len(model.trainable_weights))
phase2 = model.fit(spectra, material, batch_size=64, epochs=12, verbose=0)
print("everything:", [round(v, 3) for v in phase2.history["loss"]])
print("accuracy:", phase2.history["accuracy"][-1])
