# fault: unzipped-gradients
# Two-layer graph convolution for node classification on a small community graph.
import numpy as np
import tensorflow as tf

tf.random.set_seed(23)
rng = np.random.default_rng(23)
N, C, F, H = 60, 3, 8, 16
labels = rng.integers(0, C, N)
prob = np.where(labels[:, None] == labels[None], 0.3, 0.03)
upper = np.triu(rng.random((N, N)) < prob, 1)
adj = (upper | upper.T).astype("float32") + np.eye(N, dtype="float32")
deg = adj.sum(1)
a_hat = tf.constant(adj / np.sqrt(deg[:, None] * deg[None]), tf.float32)
features = tf.constant(rng.normal(0, 1, (N, F)) + 0.5 * np.eye(C, F)[labels], tf.float32)
train_idx = rng.choice(N, 24, replace=False)


class GCN(tf.Module):
    def __init__(self):
        super().__init__()
        init = tf.keras.initializers.GlorotUniform(seed=0)
        self.w0 = tf.Variable(init((F, H)), name="w0")
        self.w1 = tf.Variable(init((H, C)), name="w1")

    def __call__(self, x):
        h = tf.nn.relu(a_hat @ x @ self.w0)
        return a_hat @ h @ self.w1


gcn = GCN()
optimizer = tf.keras.optimizers.Adam(0.01)


def train_step():
    with tf.GradientTape() as tape:
        logits = tf.gather(gcn(features), train_idx)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels[train_idx], logits))
    gradients = tape.gradient(loss, gcn.trainable_variables)
    optimizer.apply_gradients((gradients, gcn.trainable_variables))
    return loss


for epoch in range(100):
    loss = train_step()
    if epoch % 20 == 0:
        print(epoch, float(loss))
