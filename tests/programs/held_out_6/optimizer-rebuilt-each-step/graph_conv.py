# fault: optimizer-rebuilt-each-step
# two-layer graph convolution for node classification on a random community graph
import numpy as np
import tensorflow as tf

tf.random.set_seed(76)
rng = np.random.default_rng(76)
N, C, F = 120, 3, 10
label = rng.integers(0, C, N)
same = label[:, None] == label[None, :]
A = rng.random((N, N)) < np.where(same, 0.12, 0.02)
A = np.triu(A, 1)
A = (A + A.T + np.eye(N)).astype("float32")
deg = A.sum(1)
A_hat = tf.constant(A / np.sqrt(deg[:, None] * deg[None, :]))
feats = (0.4 * np.eye(C)[label] @ rng.normal(size=(C, F)) + rng.normal(size=(N, F))).astype("float32")
train_mask = rng.random(N) < 0.4


class GCN(tf.Module):
    def __init__(self, hidden=16):
        super().__init__()
        init = tf.keras.initializers.GlorotUniform(seed=1)
        self.w0 = tf.Variable(init((F, hidden)), name="w0")
        self.w1 = tf.Variable(init((hidden, C)), name="w1")

    def __call__(self, x):
        return A_hat @ tf.nn.relu(A_hat @ x @ self.w0) @ self.w1


def train_epoch(model, x, y, mask, lr=0.01):
    opt = tf.keras.optimizers.Adam(lr)
    with tf.GradientTape() as tape:
        ce = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=model(x))
        loss = tf.reduce_mean(tf.boolean_mask(ce, mask))
    variables = list(model.trainable_variables)
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


gcn = GCN()
for epoch in range(120):
    loss = train_epoch(gcn, tf.constant(feats), label, train_mask)
    if epoch % 20 == 0:
        pred = tf.argmax(gcn(feats), 1).numpy()
        print(epoch, float(loss), "test acc", np.mean(pred[~train_mask] == label[~train_mask]))
