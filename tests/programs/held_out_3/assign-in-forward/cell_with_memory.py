# fault: assign-in-forward
# Predicts the next value of a noisy wave with a small recurrent cell which keeps its hidden state.
import numpy as np
import tensorflow as tf

tf.random.set_seed(2)
rng = np.random.default_rng(2)
phase = rng.uniform(0, 2 * np.pi, size=(64, 1))
freq = rng.uniform(0.4, 1.2, size=(64, 1))
waves = np.sin(phase + freq * np.arange(9)).astype("float32")
sequence, target = waves[:, :8], waves[:, 8:]


class Cell(tf.Module):
    def __init__(self, batch, units):
        super().__init__()
        self.w_in = tf.Variable(tf.random.normal((1, units), stddev=0.5), name="w_in")
        self.w_rec = tf.Variable(tf.random.normal((units, units), stddev=0.25), name="w_rec")
        self.b = tf.Variable(tf.zeros(units), name="b")
        self.w_out = tf.Variable(tf.random.normal((units, 1), stddev=0.3), name="w_out")
        self.hidden = tf.Variable(tf.zeros((batch, units)), trainable=False, name="hidden")

    def __call__(self, seq):
        self.hidden.assign(tf.zeros_like(self.hidden))
        for t in range(seq.shape[1]):
            x_t = seq[:, t:t + 1]
            self.hidden.assign(tf.tanh(x_t @ self.w_in + self.hidden @ self.w_rec + self.b))
        return self.hidden @ self.w_out


cell = Cell(batch=64, units=8)
opt = tf.keras.optimizers.Adam(0.02)
weights = cell.trainable_variables
for step in range(50):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(cell(sequence) - target))
    grads = tape.gradient(error, weights)
    opt.apply_gradients(zip(grads, weights))
    if step % 10 == 0:
        print("step", step, "mse", error.numpy())
