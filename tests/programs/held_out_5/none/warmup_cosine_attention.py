# fault: none
"""Self-attention block that finds the position of a marker token."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)
T, V, STEPS = 8, 12, 300


def make(n=64):
    tok = rng.integers(1, V, size=(n, T))
    pos = rng.integers(0, T, n)
    tok[np.arange(n), pos] = 0
    return tf.constant(tok, tf.int32), tf.constant(pos, tf.int32)


inp = keras.Input((T,), dtype="int32")
e = layers.Embedding(V, 16)(inp)
a = layers.MultiHeadAttention(2, 8)(e, e)
h = layers.LayerNormalization()(e + a)
scores = layers.Flatten()(layers.Dense(1)(layers.Dense(16, activation="gelu")(h)))
model = keras.Model(inp, scores)

rate = keras.optimizers.schedules.CosineDecay(0.0, decay_steps=STEPS - 50, warmup_target=0.003, warmup_steps=50)
opt = keras.optimizers.AdamW(rate, weight_decay=1e-4, global_clipnorm=5.0)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


for i in range(STEPS):
    loss = step(*make())
    if i % 50 == 0 or i == STEPS - 1:
        print(i, "rate", float(opt.learning_rate), "loss", float(loss))
