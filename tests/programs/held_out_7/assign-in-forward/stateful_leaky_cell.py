# fault: assign-in-forward
# Leaky integrator network for next-step prediction; the membrane state lives in a variable.
import numpy as np
import tensorflow as tf

np.random.seed(17)
tf.random.set_seed(17)
BATCH, UNITS, WIN = 32, 20, 10


class LeakyNet(tf.Module):
    def __init__(self, n_in=1, units=UNITS):
        super().__init__()
        g = tf.random.Generator.from_seed(17)
        self.w_in = tf.Variable(g.normal((n_in, units), stddev=0.6), name="w_in")
        self.b_in = tf.Variable(tf.zeros(units), name="b_in")
        self.w_out = tf.Variable(g.normal((units, 1), stddev=0.2), name="w_out")
        self.b_out = tf.Variable(tf.zeros(1), name="b_out")
        self.state = tf.Variable(tf.zeros((BATCH, units)), trainable=False, name="membrane")
        self.leak = tf.constant(np.linspace(0.2, 0.9, units), tf.float32)

    def __call__(self, seq):
        self.state.assign(tf.zeros_like(self.state))
        for k in range(seq.shape[1]):
            drive = tf.tanh(seq[:, k] @ self.w_in + self.b_in)
            self.state.assign(self.leak * self.state + (1.0 - self.leak) * drive)
        return self.state @ self.w_out + self.b_out


def make_batch():
    start = np.random.uniform(0, 20, (BATCH, 1))
    t = start + 0.35 * np.arange(WIN + 1)
    s = np.sin(t) + 0.4 * np.sin(2.3 * t)
    return (tf.constant(s[:, :WIN, None], tf.float32), tf.constant(s[:, WIN:], tf.float32))


net = LeakyNet()
opt = tf.keras.optimizers.Adam(0.01)
for step in range(100):
    xb, yb = make_batch()
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(xb) - yb) ** 2)
    g = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(g, net.trainable_variables))
    if step % 30 == 0:
        print("step", step, "loss", round(float(loss), 4))
print("done", float(loss))
