# fault: exploding-gradient
"""Adding problem: a SimpleRNN with relu units reads 50 numbers and predicts their scaled sum."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
sequences = rng.uniform(0, 1, size=(64, 50, 1)).astype("float32")
sums = sequences.sum(axis=1) / 25.0


class SumReader(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = tf.keras.layers.SimpleRNN(
            16,
            activation="relu",
            recurrent_initializer=tf.keras.initializers.Identity(gain=1.4),
        )
        self.out = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.out(self.rnn(x))


reader = SumReader()
optimizer = tf.keras.optimizers.SGD(0.001)
loss_fn = tf.keras.losses.MeanSquaredError()


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, reader(x, training=True))
    weights = reader.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss


for epoch in range(6):
    for half in (slice(0, 32), slice(32, 64)):
        loss = train(sequences[half], sums[half])
    print("epoch", epoch, "loss", loss.numpy())
