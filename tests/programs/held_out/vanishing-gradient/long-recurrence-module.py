# fault: vanishing-gradient
"""Recurrent cell as a tf.Module: remember the first symbol of a sequence of distractors."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(63)
rng = np.random.default_rng(63)
LENGTH, SIZE = 40, 12
first = rng.integers(0, 2, size=80)
symbol = np.eye(2, dtype="float32")[first]
distractors = rng.normal(size=(LENGTH, 80, 3)).astype("float32")
answer = first.astype("float32")[:, None]


class Memory(tf.Module):
    def __init__(self):
        super().__init__()
        self.embed = tf.Variable(tf.random.normal((2, SIZE), stddev=0.5), name="embed")
        self.mix = tf.Variable(tf.random.normal((3, SIZE), stddev=0.3), name="mix")
        self.recur = tf.Variable(tf.random.normal((SIZE, SIZE), stddev=0.15), name="recur")
        self.readout = tf.Variable(tf.random.normal((SIZE, 1), stddev=0.3), name="readout")
        self.bias = tf.Variable([0.3], name="bias")

    def __call__(self, x, rest):
        state = x @ self.embed
        for t in range(LENGTH):
            state = tf.tanh(state @ self.recur + rest[t] @ self.mix)
        return state @ self.readout + self.bias


memory = Memory()
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function
def step():
    with tf.GradientTape() as tape:
        logits = memory(symbol, distractors)
        loss = tf.reduce_mean(
            tf.nn.sigmoid_cross_entropy_with_logits(labels=answer, logits=logits))
    params = memory.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, params), params))
    return loss


for i in range(40):
    loss = step()
    if i % 8 == 0:
        print("iteration", i, "loss", loss.numpy())
