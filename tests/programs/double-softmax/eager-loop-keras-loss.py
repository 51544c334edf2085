# fault: double-softmax
"""Language identification from letter counts: a subclassed model returns class probabilities,
trained step by step with a Keras cross-entropy."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(110)
rng = np.random.default_rng(110)
letter_rates = rng.dirichlet(np.ones(10), size=3)
language = rng.integers(0, 3, size=240)
counts = np.stack([rng.multinomial(30, letter_rates[k]) for k in language])
inputs = (counts / 30.0).astype("float32") * 5


class LanguageModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(16, activation="relu")
        self.out = keras.layers.Dense(3)

    def call(self, x):
        scores = self.out(self.hidden(x))
        return tf.nn.softmax(scores)


model = LanguageModel()
loss_object = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(0.03)

for step in range(40):
    rows = rng.integers(0, 240, size=60)
    with tf.GradientTape() as tape:
        predictions = model(inputs[rows], training=True)
        loss = loss_object(language[rows], predictions)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    if step % 10 == 0:
        accuracy = np.mean(np.argmax(predictions, axis=1) == language[rows])
        print(f"step {step}: loss {float(loss):.4f}, accuracy {accuracy:.2f}")
