# fault: clipped-to-nothing
# LSTM that adds up +1/-1 pulses; gradients are clipped against explosions
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
T = 12


def pulses(n):
    s = rng.choice([-1.0, 0.0, 1.0], size=(n, T, 1)).astype("float32")
    total = s.sum(axis=1) / np.sqrt(T)
    return s, total.astype("float32")


x, y = pulses(1280)
xv, yv = pulses(256)

model = tf.keras.Sequential([
    tf.keras.Input((T, 1)),
    tf.keras.layers.LSTM(16),
    tf.keras.layers.Dense(1, bias_initializer=tf.keras.initializers.Constant(0.5)),
])


class ClippedTrainer(tf.keras.Model):
    def __init__(self, net, limit):
        super().__init__()
        self.net = net
        self.limit = limit

    def call(self, inputs, training=False):
        return self.net(inputs, training=training)

    def train_step(self, data):
        xb, yb = data
        with tf.GradientTape() as tape:
            pred = self(xb, training=True)
            loss = self.compute_loss(y=yb, y_pred=pred)
        grads = tape.gradient(loss, self.trainable_variables)
        grads = [tf.clip_by_norm(g, self.limit) for g in grads]
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        for m in self.metrics:
            if m.name == "loss":
                m.update_state(loss)
            else:
                m.update_state(yb, pred)
        return {m.name: m.result() for m in self.metrics}


trainer = ClippedTrainer(model, limit=1e-6)
trainer.compile(optimizer=tf.keras.optimizers.SGD(0.1, momentum=0.9), loss="mse", metrics=["mae"])
trainer.fit(x, y, validation_data=(xv, yv), batch_size=64, epochs=5, verbose=2)
