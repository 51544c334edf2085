# fault: unscaled-inputs
"""Credit default model: logistic regression on income, age and debt ratio in a tf.function."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(77)
rng = np.random.default_rng(77)
income = rng.normal(48000, 12000, size=240)
age = rng.uniform(20, 70, size=240)
ratio = rng.uniform(0, 1, size=240)
risk = 3.0 * (ratio - 0.5) - (income - 48000) / 12000 + 0.02 * (45 - age)
default = (risk + 0.3 * rng.normal(size=240) > 0).astype("float32")[:, None]
table = tf.constant(np.stack([income, age, ratio], axis=1), tf.float32)


class Scorecard(tf.Module):
    def __init__(self):
        super().__init__(name="scorecard")
        self.points = tf.Variable(tf.zeros((3, 1)), name="points")
        self.offset = tf.Variable([0.0], name="offset")

    def __call__(self, rows):
        return tf.matmul(rows, self.points) + self.offset


card = Scorecard()
optimizer = tf.keras.optimizers.SGD(learning_rate=0.1)


@tf.function
def update():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(
            tf.nn.sigmoid_cross_entropy_with_logits(labels=default, logits=card(table)))
    variables = card.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for i in range(50):
    loss = update()
    if i % 5 == 0:
        print("iteration", i, "loss", float(loss))
print("points", card.points.numpy().ravel())
