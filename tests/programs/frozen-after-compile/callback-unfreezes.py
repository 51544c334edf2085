# fault: frozen-after-compile
import keras
import numpy as np

keras.utils.set_random_seed(155)
rng = np.random.default_rng(155)
images = rng.normal(size=(64, 8, 8, 1)).astype("float32")
labels = (images.mean(axis=(1, 2, 3)) > 0).astype("int32")
conv = keras.layers.Conv2D(4, 3, activation="relu")
model = keras.Sequential([keras.layers.Input((8, 8, 1)), conv, keras.layers.Flatten(), keras.layers.Dense(2)])
class Unfreeze(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 3:
            conv.trainable = True
conv.trainable = False
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(images, labels, epochs=8, verbose=0, callbacks=[Unfreeze()])
