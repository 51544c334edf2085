# fault: frozen-variable
# sentiment-like classification of token sequences, trained from scratch
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(41)
VOCAB, LEN = 400, 20
polarity = np.random.choice([-1, 0, 0, 1], VOCAB)
docs = np.random.randint(1, VOCAB, (1200, LEN))
labels = (polarity[docs].sum(1) + 0.5 * np.random.randn(1200) > 0).astype("float32")

model = tf.keras.Sequential([
    tf.keras.Input((LEN,), dtype="int32"),
    tf.keras.layers.Embedding(VOCAB, 24, trainable=False),
    tf.keras.layers.GlobalAveragePooling1D(),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dropout(0.2),
    tf.keras.layers.Dense(1),
])
model.compile(
    optimizer=tf.keras.optimizers.Adam(3e-3),
    loss=tf.keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[tf.keras.metrics.BinaryAccuracy(threshold=0.0)],
)
train = tf.data.Dataset.from_tensor_slices((docs[:1000], labels[:1000])).shuffle(1000, seed=0).batch(50).prefetch(2)
valid = tf.data.Dataset.from_tensor_slices((docs[1000:], labels[1000:])).batch(100)
model.fit(train, validation_data=valid, epochs=6, verbose=2)
