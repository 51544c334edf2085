# fault: stop-gradient
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)

# 200 objects seen twice under nuisance noise; only 4 of 24 features identify the object
ident = rng.normal(size=(200, 4)).astype("float32")
mix = rng.normal(size=(4, 24)).astype("float32") / 2


def view(idx):
    nuisance = rng.normal(size=(len(idx), 24)).astype("float32")
    return ident[idx] @ mix + 0.7 * nuisance


backbone = keras.Sequential([keras.Input((24,)), layers.Dense(32, activation="relu"), layers.Dense(16)], name="backbone")
projector = keras.Sequential([keras.Input((16,)), layers.Dense(8)], name="projector")
params = backbone.trainable_variables + projector.trainable_variables
optimizer = keras.optimizers.Adam(3e-3)


def embed(x):
    h = backbone(x, training=True)
    h = tf.stop_gradient(tf.math.l2_normalize(h, axis=1))
    return tf.math.l2_normalize(projector(h, training=True), axis=1)


def nt_xent(za, zb, temperature=0.2):
    sim = tf.matmul(za, zb, transpose_b=True) / temperature
    target = tf.range(tf.shape(sim)[0])
    a = tf.nn.sparse_softmax_cross_entropy_with_logits(target, sim)
    b = tf.nn.sparse_softmax_cross_entropy_with_logits(target, tf.transpose(sim))
    return tf.reduce_mean(a + b) / 2


log = []
for step in range(120):
    idx = rng.choice(200, 50, replace=False)
    xa, xb = view(idx), view(idx)
    with tf.GradientTape() as tape:
        loss = nt_xent(embed(xa), embed(xb))
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients(zip(grads, params))
    log.append(float(loss))
    if step % 30 == 29:
        print(step + 1, "contrastive loss", np.mean(log[-20:]))
