# fault: exploding-gradient
# Learns to remember the first input of a long sequence with a recurrent matrix written by hand.
import numpy as np
import tensorflow as tf

tf.random.set_seed(280)
rng = np.random.default_rng(280)
sequences = rng.normal(size=(64, 45, 2)).astype("float32")
remember = sequences[:, 0, :1] - sequences[:, 0, 1:]

UNITS = 12
w_in = tf.Variable(tf.random.normal((2, UNITS), stddev=0.3), name="w_in")
w_rec = tf.Variable(tf.random.normal((UNITS, UNITS), stddev=0.32), name="w_rec")
bias = tf.Variable(tf.zeros(UNITS), name="bias")
w_out = tf.Variable(tf.random.normal((UNITS, 1), stddev=0.3), name="w_out")
params = [w_in, w_rec, bias, w_out]
optimizer = tf.keras.optimizers.SGD(0.01)


def unroll(batch):
    state = tf.zeros((batch.shape[0], UNITS))
    for t in range(batch.shape[1]):
        state = batch[:, t] @ w_in + state @ w_rec + bias
    return state @ w_out


for step in range(12):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(unroll(sequences) - remember))
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients(zip(grads, params))
    print(f"step {step:2d} loss {float(loss):.4g} norm {float(tf.linalg.global_norm(grads)):.4g}")
