# fault: none
# Token detection in short sequences: small attention model with warm-up and inverse-root decay.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class WarmupInverseSqrt(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup_steps):
        self.peak, self.warmup_steps = peak, warmup_steps

    def __call__(self, step):
        step = tf.cast(step, tf.float32)
        warm = self.peak * step / self.warmup_steps
        decay = self.peak * tf.sqrt(self.warmup_steps / tf.maximum(step, 1.0))
        return tf.minimum(warm, decay)

    def get_config(self):
        return {"peak": self.peak, "warmup_steps": self.warmup_steps}


keras.utils.set_random_seed(107)
rng = np.random.default_rng(107)
VOCAB, LENGTH = 10, 6
seq = rng.integers(0, VOCAB, (900, LENGTH))
label = np.any(seq == 3, axis=1).astype("float32")[:, None]

tokens = keras.Input((LENGTH,), dtype="int32")
x = layers.Embedding(VOCAB, 16)(tokens)
x = layers.LayerNormalization()(x + layers.MultiHeadAttention(2, 8)(x, x))
x = layers.LayerNormalization()(x + layers.Dense(16)(layers.Dense(32, activation="relu")(x)))
out = layers.Dense(1, activation="sigmoid")(layers.GlobalAveragePooling1D()(x))
model = keras.Model(tokens, out)
model.compile(keras.optimizers.Adam(WarmupInverseSqrt(5e-3, 40)), "binary_crossentropy", metrics=["accuracy"])
log = model.fit(seq, label, batch_size=60, epochs=10, verbose=0).history
print("loss", np.round(log["loss"], 3))
print("accuracy", np.round(log["accuracy"], 3))
