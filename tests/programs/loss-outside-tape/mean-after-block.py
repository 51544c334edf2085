# fault: loss-outside-tape
"""Fit a small functional Keras network to a noisy sine wave with a custom loop."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
x = np.linspace(-3, 3, 200).reshape(-1, 1).astype("float32")
y = (np.sin(x) + 0.05 * rng.normal(size=x.shape)).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(200, seed=1).batch(50)

inputs = keras.Input(shape=(1,))
h = keras.layers.Dense(20, activation="tanh")(inputs)
h = keras.layers.Dense(20, activation="tanh")(h)
model = keras.Model(inputs, keras.layers.Dense(1)(h))

opt = keras.optimizers.Adam(learning_rate=0.01)

for epoch in range(10):
    for xb, yb in data:
        with tf.GradientTape() as tape:
            pred = model(xb, training=True)
            errors = tf.square(pred - yb)
        loss = tf.reduce_mean(errors)
        gradients = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(gradients, model.trainable_variables))
    print("epoch", epoch, "mse", float(loss))
