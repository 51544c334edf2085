# fault: non-differentiable-op
"""Pick the relevant one of five boxes: a scorer selects a box, a regressor reads its value."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(93)
rng = np.random.default_rng(93)
boxes = rng.normal(size=(300, 5, 3)).astype("float32")
relevant = np.argmax(boxes[:, :, 0], axis=1)
chosen = boxes[np.arange(300), relevant]
value = (2.0 * chosen[:, 1:2] - chosen[:, 2:3]).astype("float32")


class HardAttention(tf.Module):
    def __init__(self):
        super().__init__()
        self.score_w1 = tf.Variable(tf.random.normal([3, 8], stddev=0.5), name="score_w1")
        self.score_w2 = tf.Variable(tf.random.normal([8, 1], stddev=0.5), name="score_w2")
        self.read_w = tf.Variable(tf.random.normal([3, 1], stddev=0.5), name="read_w")
        self.read_b = tf.Variable(tf.zeros([1]), name="read_b")

    def __call__(self, x):
        scores = tf.squeeze(tf.tanh(x @ self.score_w1) @ self.score_w2, axis=-1)
        pick = tf.one_hot(tf.argmax(scores, axis=1), depth=5)
        box = tf.reduce_sum(x * pick[:, :, None], axis=1)
        return box @ self.read_w + self.read_b


net = HardAttention()
optimizer = tf.keras.optimizers.Adam(0.03)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(x) - y))
    grads = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for step in range(60):
    rows = rng.integers(0, 300, size=60)
    loss = train_step(tf.constant(boxes[rows]), tf.constant(value[rows]))
    if step % 15 == 0:
        print("step", step, "loss", float(loss))
