# fault: recompiled-late
# Gradual unfreezing: trains the head, then opens the upper block, with a smaller rate at the end.
import numpy as np
import keras

keras.utils.set_random_seed(430)
rng = np.random.default_rng(430)
audio = rng.normal(size=(240, 10)).astype("float32")
pitch = (np.sin(2 * audio[:, :1]) + np.abs(audio[:, 1:2]) - audio[:, 2:3]).astype("float32")

model = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(24, activation="tanh", name="block"),
    keras.layers.Dense(3, activation="tanh", name="neck"),
    keras.layers.Dense(1, name="head"),
])
model.get_layer("block").trainable = False
model.get_layer("neck").trainable = False


def compile_with(rate):
    model.compile(optimizer=keras.optimizers.Adam(rate), loss="mse")


compile_with(0.02)
stage1 = model.fit(audio, pitch, batch_size=40, epochs=2, verbose=0)
print("stage 1, head:", round(stage1.history["loss"][-1], 4))

for name in ("neck", "block"):
    model.get_layer(name).trainable = True
stage2 = model.fit(audio, pitch, batch_size=40, epochs=12, verbose=0)
print("stage 2, all layers:", [round(v, 4) for v in stage2.history["loss"]])

compile_with(0.005)
print("final mse:", model.evaluate(audio, pitch, verbose=0))
