# fault: update-outside-graph
"""Skip-gram style embeddings on a toy corpus with a counted warm-up."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(62)
rng = np.random.default_rng(62)
V, D = 40, 8
topic = np.repeat(np.arange(4), 10)
center = rng.integers(0, V, 6000)
context = np.array([rng.choice(np.flatnonzero(topic == topic[c])) for c in center])

emb_in = keras.layers.Embedding(V, D)
emb_out = keras.layers.Dense(V, use_bias=False)
emb_in.build((None,))
emb_out.build((None, D))
params = emb_in.trainable_variables + emb_out.trainable_variables
opt = keras.optimizers.SGD(1.0)
opt.build(params)

PEAK, WARMUP = 2.0, 500
progress = {"step": 0, "seen": 0}


@tf.function
def train_step(c, o):
    progress["step"] += 1
    progress["seen"] += 128
    with tf.GradientTape() as tape:
        logits = emb_out(emb_in(c))
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=o, logits=logits))
    opt.apply_gradients(zip(tape.gradient(loss, params), params))
    return loss


for it in range(1500):
    opt.learning_rate.assign(PEAK * min(1.0, (progress["step"] + 1) / WARMUP))
    b = rng.integers(0, 6000, 128)
    loss = train_step(tf.constant(center[b]), tf.constant(context[b]))
    if it % 300 == 299:
        print(it + 1, "seen", progress["seen"], "loss", round(float(loss), 4), "floor", round(np.log(10), 4))
