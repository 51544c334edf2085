# fault: none
"""Transfer learning: an autoencoder is pretrained on unlabelled data, its encoder is frozen and
a classifier is trained on top with few labels."""
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(201)
rng = np.random.default_rng(201)
mixing = rng.normal(size=(3, 15))
factors = rng.normal(size=(600, 3))
x = np.tanh(factors @ mixing * 0.5).astype("float32")
y = (factors[:, 0] > 0).astype("float32")

encoder = keras.Sequential([
    keras.Input((15,)), layers.Dense(16, activation="tanh"), layers.Dense(4)], name="encoder")
decoder = keras.Sequential([
    keras.Input((4,)), layers.Dense(15, activation="tanh")], name="decoder")
autoencoder = keras.Sequential([encoder, decoder])
autoencoder.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
pretraining = autoencoder.fit(x, x, epochs=5, batch_size=50, verbose=0)
print("pretraining loss", [round(v, 3) for v in pretraining.history["loss"]])

encoder.trainable = False
classifier = keras.Sequential([encoder, layers.Dense(1, activation="sigmoid")])
classifier.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy")
tuning = classifier.fit(x[:150], y[:150], epochs=6, batch_size=25, verbose=0)
print("tuning loss", [round(v, 3) for v in tuning.history["loss"]])
accuracy = np.mean((classifier(x[150:]).numpy()[:, 0] > 0.5) == (y[150:] > 0.5))
print("accuracy on the rest", accuracy)
