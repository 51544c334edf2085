# fault: assign-in-forward
"""A hand-written recurrent cell that keeps its hidden state in a variable; predicts the next value
of a noisy sine wave from windows of 8 samples."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(15)
rng = np.random.default_rng(15)
wave = np.sin(np.arange(400) * 0.3) + 0.05 * rng.normal(size=400)
windows = np.stack([wave[i:i + 8] for i in range(390)]).astype("float32")
following = wave[8:398].reshape(-1, 1).astype("float32")
BATCH, UNITS = 30, 12


class Recurrent(tf.Module):
    def __init__(self):
        super().__init__()
        self.w_in = tf.Variable(tf.random.normal([1, UNITS], stddev=0.5), name="w_in")
        self.w_rec = tf.Variable(tf.random.normal([UNITS, UNITS], stddev=0.25), name="w_rec")
        self.w_out = tf.Variable(tf.random.normal([UNITS, 1], stddev=0.3), name="w_out")
        self.b_out = tf.Variable(tf.zeros([1]), name="b_out")
        self.state = tf.Variable(tf.zeros([BATCH, UNITS]), trainable=False, name="state")

    def __call__(self, x):
        self.state.assign(tf.zeros([BATCH, UNITS]))
        for t in range(x.shape[1]):
            self.state.assign(tf.tanh(x[:, t:t + 1] @ self.w_in + self.state @ self.w_rec))
        return self.state @ self.w_out + self.b_out


cell = Recurrent()
adam = tf.keras.optimizers.Adam(0.02)
for epoch in range(3):
    for k in range(0, 390, BATCH):
        with tf.GradientTape() as tape:
            guess = cell(windows[k:k + BATCH])
            loss = tf.reduce_mean(tf.square(guess - following[k:k + BATCH]))
        grads = tape.gradient(loss, cell.trainable_variables)
        adam.apply_gradients(zip(grads, cell.trainable_variables))
    print("epoch", epoch, "loss", float(loss))
