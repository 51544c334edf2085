# fault: clipped-to-nothing
# Trains a GRU on short token sequences with clipped gradients to predict which token dominates.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(230)
rng = np.random.default_rng(230)
dominant = rng.integers(0, 3, 256)
sequences = np.where(rng.random((256, 8)) < 0.7, dominant[:, None], rng.integers(0, 3, (256, 8)))

model = tf.keras.Sequential([
    tf.keras.Input((8,), dtype="int32"),
    tf.keras.layers.Embedding(3, 4, embeddings_initializer="glorot_uniform"),
    tf.keras.layers.GRU(8, unroll=True),
    tf.keras.layers.Dense(3),
])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.5, momentum=0.9)
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
CLIP = 1e-6


@tf.function
def train(tokens, label):
    with tf.GradientTape() as tape:
        loss = loss_fn(label, model(tokens, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    grads, norm = tf.clip_by_global_norm(grads, CLIP)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss, norm


for epoch in range(10):
    for start in range(0, 256, 64):
        loss, norm = train(tf.constant(sequences[start:start + 64]), tf.constant(dominant[start:start + 64]))
    print("epoch", epoch, "loss", float(loss), "norm", float(norm))
