# fault: reordered-pairs
"""Two-player matching: a sender and a receiver network of the same size learn a common code
together, each with its own optimizer."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(69)
rng = np.random.default_rng(69)
messages = rng.normal(size=(256, 10)).astype("float32")


def make_agent(name):
    return tf.keras.Sequential([
        tf.keras.Input((10,)), layers.Dense(10, activation="tanh"), layers.Dense(10)], name=name)


sender, receiver = make_agent("sender"), make_agent("receiver")
sender_opt = tf.keras.optimizers.SGD(0.3)
receiver_opt = tf.keras.optimizers.SGD(0.3)


@tf.function
def play(batch):
    with tf.GradientTape() as tape:
        code = tf.tanh(sender(batch, training=True))
        understood = receiver(code, training=True)
        loss = tf.reduce_mean(tf.square(understood - batch))
    receiver_grads, sender_grads = tape.gradient(
        loss, [sender.trainable_variables, receiver.trainable_variables])
    sender_opt.apply_gradients(zip(sender_grads, sender.trainable_variables))
    receiver_opt.apply_gradients(zip(receiver_grads, receiver.trainable_variables))
    return loss


for game in range(60):
    rows = rng.integers(0, 256, size=64)
    loss = play(tf.constant(messages[rows]))
    if game % 10 == 0:
        print(f"game {game}: misunderstanding {float(loss):.4f}")
