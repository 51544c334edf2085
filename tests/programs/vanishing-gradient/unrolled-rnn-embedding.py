# fault: vanishing-gradient
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(344)
rng = np.random.default_rng(344)
tokens = rng.integers(0, 20, size=(96, 6))
target = ((tokens < 5).sum(axis=1) > 1).astype("float32")[:, None]
emb = tf.Variable(tf.random.normal((20, 6)), name="emb")
rec = tf.Variable(tf.random.normal((6, 6), stddev=0.1), name="rec")
out = tf.Variable(tf.random.normal((6, 1)), name="out")
noise = rng.normal(size=(12, 96, 6)).astype("float32")
opt = keras.optimizers.SGD(0.1)
for i in range(12):
    with tf.GradientTape() as tape:
        h = tf.gather(emb, tokens[:, 0])
        for k in range(12):
            h = tf.tanh(h @ rec + noise[k])
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=target, logits=h @ out))
    vs = [emb, rec, out]
    opt.apply_gradients(zip(tape.gradient(loss, vs), vs))
