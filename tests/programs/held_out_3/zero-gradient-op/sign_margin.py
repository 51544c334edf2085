# fault: zero-gradient-op
# Trains a margin classifier for defective parts with a custom loss in compile and fit.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(100)
rng = np.random.default_rng(100)
parts = rng.normal(size=(320, 5)).astype("float32")
label = np.where(parts[:, 0] + parts[:, 1] * 0.5 - parts[:, 2] > 0, 1.0, -1.0)[:, None].astype("float32")


def margin_loss(y_true, y_pred):
    decision = tf.sign(y_pred)
    return tf.reduce_mean(tf.maximum(0.0, 1.0 - y_true * decision), axis=-1)


model = keras.Sequential([
    keras.Input((5,)),
    keras.layers.Dense(12, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss=margin_loss)
for epoch in range(5):
    loss = model.fit(parts, label, batch_size=32, verbose=0).history["loss"][0]
    print(f"epoch {epoch + 1}: hinge {loss:.4f}")

score = model(parts).numpy()
print("accuracy", np.mean(np.sign(score) == label))
