# fault: not-a-variable
# Order-sensitive token model in tf.Module: token table + learned position table -> label.
import numpy as np
import tensorflow as tf

tf.random.set_seed(18)
rng = np.random.RandomState(18)
VOCAB, LENGTH, DIM = 12, 5, 8
tokens = rng.randint(0, VOCAB, size=(320, LENGTH))
labels = (tokens[:, 0] > tokens[:, -1]).astype(np.float32).reshape(-1, 1)


class TokenModel(tf.Module):
    def __init__(self):
        super().__init__(name="token_model")
        init = tf.random_normal_initializer(stddev=0.2, seed=18)
        self.table = tf.Variable(init([VOCAB, DIM]), name="table")
        self.position = tf.constant(init([LENGTH, DIM]), name="position")
        self.w1 = tf.Variable(init([DIM, 16]), name="w1")
        self.w2 = tf.Variable(init([16, 1]), name="w2")
        self.bias = tf.Variable(tf.zeros([1]), name="bias")

    def __call__(self, ids):
        z = tf.gather(self.table, ids) + self.position
        z = tf.nn.relu(z @ self.w1)
        return tf.reduce_mean(z, axis=1) @ self.w2 + self.bias


net = TokenModel()
opt = tf.keras.optimizers.Adam(0.02)


@tf.function
def train_step(ids, target):
    with tf.GradientTape() as tape:
        logits = net(ids)
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(target, logits))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(12):
    perm = rng.permutation(320)
    for part in np.split(perm, 5):
        loss = train_step(tf.constant(tokens[part]), tf.constant(labels[part]))
    if epoch % 3 == 0:
        print("epoch", epoch, "loss", float(loss))
