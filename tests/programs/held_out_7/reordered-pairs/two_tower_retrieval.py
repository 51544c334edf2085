# fault: reordered-pairs
"""Two-tower retrieval with in-batch softmax; query and document towers have the same shapes."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)
N, D, EMB = 1024, 16, 12
topic = rng.normal(size=(N, 5))
q_feat = (topic @ rng.normal(size=(5, D)) / 2 + 0.2 * rng.normal(size=(N, D))).astype("float32")
d_feat = (topic @ rng.normal(size=(5, D)) / 2 + 0.2 * rng.normal(size=(N, D))).astype("float32")


def tower(name):
    return keras.Sequential([
        keras.Input((D,)),
        keras.layers.Dense(32, activation="tanh"),
        keras.layers.Dense(EMB, use_bias=False),
    ], name=name)


query_tower, doc_tower = tower("query"), tower("doc")
opt = keras.optimizers.SGD(0.2)


@tf.function
def train_step(q, d):
    with tf.GradientTape() as tape:
        scores = tf.matmul(query_tower(q), doc_tower(d), transpose_b=True) / 4.0
        labels = tf.range(tf.shape(scores)[0])
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=scores))
    grads = tape.gradient(loss, query_tower.trainable_variables + doc_tower.trainable_variables)
    opt.apply_gradients(zip(grads, doc_tower.trainable_variables + query_tower.trainable_variables))
    return loss


def recall_at_1(q, d):
    s = query_tower(q).numpy() @ doc_tower(d).numpy().T
    return (s.argmax(1) == np.arange(len(q))).mean()


ds = tf.data.Dataset.from_tensor_slices((q_feat, d_feat)).shuffle(N, seed=2).batch(64, drop_remainder=True)
for epoch in range(12):
    losses = [float(train_step(q, d)) for q, d in ds]
    if epoch % 3 == 0 or epoch == 11:
        print(f"epoch {epoch:2d} loss {np.mean(losses):.4f} recall@1 {recall_at_1(q_feat[:128], d_feat[:128]):.3f}")
