# fault: gradients-not-applied
# Simulates a large batch by accumulating gradients over several small ones.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(77)
rng = np.random.default_rng(77)
ACCUMULATE = 8
BATCH = 32

texts = rng.integers(0, 40, size=(192, 10))
labels = (np.isin(texts, np.arange(6)).sum(1) > 1).astype("float32")[:, None]
data = tf.data.Dataset.from_tensor_slices((texts, labels)).shuffle(192, seed=0).batch(BATCH)

model = keras.Sequential([
    keras.Input((10,), dtype="int32"),
    keras.layers.Embedding(40, 8),
    keras.layers.GlobalAveragePooling1D(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.Adam(0.01)
bce = keras.losses.BinaryCrossentropy(from_logits=True)
weights = model.trainable_variables
auc = keras.metrics.AUC(from_logits=True)

for epoch in range(5):
    auc.reset_state()
    bucket = [tf.zeros(w.shape) for w in weights]
    for i, (tokens, target) in enumerate(data):
        with tf.GradientTape() as tape:
            logits = model(tokens, training=True)
            loss = bce(target, logits) / ACCUMULATE
        grads = tape.gradient(loss, weights)
        bucket = [b + tf.convert_to_tensor(g) for b, g in zip(bucket, grads)]
        if (i + 1) % ACCUMULATE == 0:
            optimizer.apply_gradients(zip(bucket, weights))
            bucket = [tf.zeros(w.shape) for w in weights]
        auc.update_state(target, logits)
    print(f"epoch {epoch}: loss {float(loss) * ACCUMULATE:.4f} auc {float(auc.result()):.3f}")
