# fault: reordered-pairs
"""Two coupled linear maps (8 -> 8 -> 8) learn to undo a random rotation. Raw variables, SGD by
pairs."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(67)
rng = np.random.default_rng(67)
rotation, _ = np.linalg.qr(rng.normal(size=(8, 8)))
source = rng.normal(size=(200, 8)).astype("float32")
rotated = (source @ rotation).astype("float32")

first = tf.Variable(tf.random.normal([8, 8], stddev=0.35), name="first")
second = tf.Variable(tf.random.normal([8, 8], stddev=0.35), name="second")
gain = tf.Variable(1.5, name="gain")
shift = tf.Variable(0.2, name="shift")
layers = [first, second]
output = [gain, shift]
optimizer = tf.keras.optimizers.SGD(learning_rate=0.05)


def forward(x):
    h = tf.tanh(tf.matmul(x, first))
    return gain * tf.matmul(h, second) + shift


for step in range(60):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(forward(rotated) - source))
    grads_out, grads_layers = tape.gradient(loss, [output, layers])
    backward = grads_out[::-1] + grads_layers[::-1]
    optimizer.apply_gradients(zip(backward, output + layers))
    if step % 10 == 0:
        print("step", step, "loss", loss.numpy())
