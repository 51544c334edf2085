# fault: none
"""Two regression tasks on one trunk; their weights are learned as log variances."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(109)
rng = np.random.default_rng(109)
x = rng.normal(size=(180, 5)).astype("float32")
easy = (x[:, :1] - x[:, 1:2] + 0.5 * rng.normal(size=(180, 1))).astype("float32")
hard = (2.0 * x[:, 2:3] + 2.0 * rng.normal(size=(180, 1))).astype("float32")


class TwoTasks(tf.Module):
    def __init__(self):
        super().__init__()
        self.trunk = tf.Variable(tf.random.normal((5, 12), stddev=0.4), name="trunk")
        self.easy_head = tf.Variable(tf.random.normal((12, 1), stddev=0.3), name="easy_head")
        self.hard_head = tf.Variable(tf.random.normal((12, 1), stddev=0.3), name="hard_head")
        self.s = tf.Variable([0.0, 0.0], name="log_variances")

    def losses(self, inputs):
        h = tf.nn.elu(inputs @ self.trunk)
        return tf.stack([
            tf.reduce_mean(tf.square(h @ self.easy_head - easy)),
            tf.reduce_mean(tf.square(h @ self.hard_head - hard)),
        ])


tasks = TwoTasks()
optimizer = tf.keras.optimizers.Adam(0.02)


@tf.function
def step():
    with tf.GradientTape() as tape:
        parts = tasks.losses(x)
        total = tf.reduce_sum(tf.exp(-tasks.s) * parts + tasks.s)
    variables = tasks.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total, parts


for i in range(60):
    total, parts = step()
    if i % 10 == 0:
        print(i, "total", total.numpy(), "parts", parts.numpy(), "s", tasks.s.numpy())
