# fault: gradients-not-applied
"""Text sentiment with small micro-batches and gradient accumulation."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)
VOCAB, LEN, MICRO, ACCUM = 80, 10, 32, 8

polarity = rng.normal(size=VOCAB)
tokens = rng.integers(0, VOCAB, size=(192, LEN))
labels = (polarity[tokens].sum(1) > 0).astype("float32")[:, None]

model = keras.Sequential([
    keras.Input((LEN,), dtype="int32"),
    keras.layers.Embedding(VOCAB, 8),
    keras.layers.GlobalAveragePooling1D(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
bce = keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(0.01)
acc = [tf.Variable(tf.zeros_like(v)) for v in model.trainable_variables]


def zero():
    for a in acc:
        a.assign(tf.zeros_like(a))


for epoch in range(30):
    zero()
    order = rng.permutation(len(tokens))
    losses = []
    for step, start in enumerate(range(0, len(tokens), MICRO)):
        idx = order[start:start + MICRO]
        with tf.GradientTape() as tape:
            loss = bce(labels[idx], model(tokens[idx], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        for a, g in zip(acc, grads):
            a.assign_add(tf.convert_to_tensor(g) / ACCUM)
        losses.append(float(loss))
        if (step + 1) % ACCUM == 0:
            optimizer.apply_gradients(zip([a.read_value() for a in acc], model.trainable_variables))
            zero()
    if epoch % 5 == 4:
        print("epoch", epoch + 1, "loss", np.mean(losses))
