# fault: unknown-variable
# Trains the head first and then unfreezes the encoder, in one custom loop.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(29)
rng = np.random.default_rng(29)
x = rng.normal(size=(256, 8)).astype("float32")
y = (x[:, 0] - x[:, 1] + 0.3 * x[:, 2] > 0).astype("int32")

encoder = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(16, activation="tanh"),
], name="encoder")
classifier = keras.Sequential([keras.Input((8,)), encoder, keras.layers.Dense(2)])

optimizer = keras.optimizers.Adam(5e-3)
criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
data = tf.data.Dataset.from_tensor_slices((x, y)).batch(64)
SCHEDULE = {0: False, 3: True}

for epoch in range(6):
    if epoch in SCHEDULE:
        encoder.trainable = SCHEDULE[epoch]
        print("epoch", epoch, "trainable tensors:", len(classifier.trainable_variables))
    for xb, yb in data:
        with tf.GradientTape() as tape:
            loss = criterion(yb, classifier(xb, training=True))
        variables = classifier.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    print(f"epoch {epoch} loss {float(loss):.4f}")
