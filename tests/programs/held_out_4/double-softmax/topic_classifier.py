# fault: double-softmax
# Headline topics from hashed word counts, raw training loop.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(37)
rng = np.random.default_rng(37)
TOPICS, VOCAB = 8, 64
word_dist = rng.dirichlet(np.full(VOCAB, 0.15), TOPICS)
topic = rng.integers(0, TOPICS, 800)
counts = np.stack([rng.multinomial(12, word_dist[t]) for t in topic]).astype("float32")
one_hot = tf.one_hot(topic, TOPICS)


def build_classifier(hidden=48):
    return keras.Sequential([
        keras.layers.Input(shape=(VOCAB,)),
        keras.layers.Dense(hidden, activation="relu"),
        keras.layers.Dense(TOPICS, activation="softmax"),
    ])


model = build_classifier()
optimizer = keras.optimizers.Adam(learning_rate=2e-3)
accuracy = keras.metrics.CategoricalAccuracy()
train = tf.data.Dataset.from_tensor_slices((counts, one_hot)).shuffle(800, seed=0).batch(80)


@tf.function
def train_step(words, target):
    with tf.GradientTape() as tape:
        scores = model(words, training=True)
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=target, logits=scores))
    grads = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    accuracy.update_state(target, scores)
    return loss


for epoch in range(12):
    accuracy.reset_state()
    for words, target in train:
        loss = train_step(words, target)
    print(f"epoch {epoch + 1:2d} loss {loss:.4f} accuracy {accuracy.result():.3f}")
