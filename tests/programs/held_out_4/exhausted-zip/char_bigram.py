# fault: exhausted-zip
# Character-level next-symbol model with hand-written SGD and gradient-norm logging.
import numpy as np
import tensorflow as tf

tf.random.set_seed(10)
text = "the quick brown fox jumps over the lazy dog and the dog sleeps in the sun " * 12
chars = sorted(set(text))
ids = np.array([chars.index(c) for c in text], dtype=np.int32)
V, D, H, CONTEXT = len(chars), 8, 48, 3


class CharMLP(tf.Module):
    def __init__(self):
        super().__init__()
        self.emb = tf.Variable(tf.random.normal((V, D), stddev=0.5), name="emb")
        self.w1 = tf.Variable(tf.random.normal((CONTEXT * D, H), stddev=0.2), name="w1")
        self.b1 = tf.Variable(tf.zeros(H), name="b1")
        self.w2 = tf.Variable(tf.random.normal((H, V), stddev=0.1), name="w2")
        self.b2 = tf.Variable(tf.zeros(V), name="b2")

    def __call__(self, ctx):
        e = tf.reshape(tf.gather(self.emb, ctx), (-1, CONTEXT * D))
        return tf.tanh(e @ self.w1 + self.b1) @ self.w2 + self.b2


def batches(rng, n, size=64):
    for _ in range(n):
        s = rng.integers(0, len(ids) - CONTEXT, size)
        yield np.stack([ids[s + k] for k in range(CONTEXT)], 1), ids[s + CONTEXT]


model, lr = CharMLP(), 0.3
for step, (ctx, nxt) in enumerate(batches(np.random.default_rng(10), 150)):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=nxt, logits=model(ctx)))
    params = model.trainable_variables
    pairs = zip([tf.convert_to_tensor(g) for g in tape.gradient(loss, params)], params)
    norm = tf.linalg.global_norm([g for g, _ in pairs])
    for g, p in pairs:
        p.assign_sub(lr * g)
    if step % 30 == 0:
        print(f"step {step:3d} loss {float(loss):.3f} grad norm {float(norm):.3f}")
