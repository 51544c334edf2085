# fault: none
"""Item embeddings for a catalogue of 500 items; only the items that occur in the interactions
of this week are touched, the others keep their initial vectors."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(204)
rng = np.random.default_rng(204)
catalogue, dim = 500, 6
active = rng.choice(catalogue, size=40, replace=False)
appeal = dict(zip(active, rng.normal(size=40)))
shown = rng.choice(active, size=400)
clicked = np.array([appeal[i] > 0.0 for i in shown], dtype="float32")[:, None]

table = tf.keras.layers.Embedding(catalogue, dim)
readout = tf.keras.layers.Dense(1)
model = tf.keras.Sequential([tf.keras.Input((), dtype="int32"), table, readout])
optimizer = tf.keras.optimizers.Adagrad(0.3)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train_step(items, labels):
    with tf.GradientTape() as tape:
        loss = bce(labels, model(items, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for step in range(60):
    rows = rng.integers(0, 400, size=80)
    loss = train_step(tf.constant(shown[rows], tf.int32), tf.constant(clicked[rows]))
    if step % 15 == 0:
        print(f"step {step}: loss {float(loss):.4f}")
guess = model(tf.constant(shown, tf.int32)).numpy() > 0
print("accuracy", np.mean(guess == (clicked > 0.5)))
