# fault: incomplete-variable-list
# Assigns short token sequences to one of four topics: embedding, average pooling, classifier.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(60)
rng = np.random.default_rng(60)
topic = rng.integers(0, 4, 320)
tokens = (topic[:, None] + 4 * rng.integers(0, 15, size=(320, 8))) % 60
tokens = np.where(rng.random(tokens.shape) < 0.15, rng.integers(0, 60, tokens.shape), tokens)

embed = keras.layers.Embedding(60, 3)
pool = keras.layers.GlobalAveragePooling1D()
hidden = keras.layers.Dense(16, activation="tanh")
classify = keras.layers.Dense(4)


def forward(ids):
    return classify(hidden(pool(embed(ids))))


forward(tokens[:1])
weights = hidden.trainable_weights + classify.trainable_weights
adam = keras.optimizers.Adam(0.02)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

for step in range(60):
    pick = rng.integers(0, 320, 64)
    with tf.GradientTape() as tape:
        logits = forward(tokens[pick])
        loss = ce(topic[pick], logits)
    adam.apply_gradients(zip(tape.gradient(loss, weights), weights))
    if step % 10 == 0:
        hit = np.mean(np.argmax(logits, 1) == topic[pick])
        print(f"step {step:2d} loss {float(loss):.3f} accuracy {hit:.2f}")
