# fault: assign-in-forward
# One-step-ahead prediction of a noisy oscillation with a hand-written recurrent cell that keeps its state.
import numpy as np
import tensorflow as tf

tf.random.set_seed(13)
rng = np.random.default_rng(13)
series = np.sin(np.arange(0, 60, 0.25)) + 0.05 * rng.normal(size=240)
streams = np.stack([np.roll(series, 15 * k) for k in range(16)]).astype("float32")


class RecurrentCell(tf.Module):
    def __init__(self, units, batch):
        super().__init__()
        self.wx = tf.Variable(tf.random.normal((1, units), stddev=0.5), name="wx")
        self.wh = tf.Variable(tf.linalg.qr(tf.random.normal((units, units)))[0] * 0.9, name="wh")
        self.b = tf.Variable(tf.zeros(units), name="b")
        self.state = tf.Variable(tf.zeros((batch, units)), trainable=False, name="state")

    def __call__(self, x):
        self.state.assign(tf.tanh(x @ self.wx + self.state @ self.wh + self.b))
        return self.state


class Forecaster(tf.Module):
    def __init__(self, units=16, batch=16):
        super().__init__()
        self.cell = RecurrentCell(units, batch)
        self.v = tf.Variable(tf.random.normal((units, 1), stddev=0.2), name="v")
        self.c = tf.Variable(tf.zeros(1), name="c")

    def __call__(self, window):
        preds = []
        for t in range(window.shape[1]):
            h = self.cell(window[:, t:t + 1])
            preds.append(h @ self.v + self.c)
        return tf.concat(preds, axis=1)


model = Forecaster()
opt = tf.keras.optimizers.Adam(5e-3)
for epoch in range(3):
    model.cell.state.assign(tf.zeros_like(model.cell.state))
    for start in range(0, 200, 10):
        x, y = streams[:, start:start + 10], streams[:, start + 1:start + 11]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(tf.constant(x)) - y))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients([(g, v) for g, v in zip(grads, model.trainable_variables) if g is not None])
    print(f"epoch {epoch} mse {float(loss):.4f}")
