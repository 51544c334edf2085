# fault: tape-used-twice
# Forecasts hourly bike rentals and reports the gradient norm of the output layer every tenth step.
import numpy as np
import tensorflow as tf

tf.random.set_seed(0)
rng = np.random.default_rng(0)
hour = rng.integers(0, 24, 400)
temp = rng.normal(size=400)
features = np.stack([np.sin(hour / 24 * 2 * np.pi), np.cos(hour / 24 * 2 * np.pi), temp], 1).astype("float32")
rentals = (1.2 * features[:, 0] - features[:, 1] * temp + 0.3 * temp)[:, None].astype("float32")


class DemandModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(16, activation="tanh")
        self.out = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.out(self.hidden(x))


model = DemandModel()
opt = tf.keras.optimizers.SGD(0.1, momentum=0.9)

for step in range(40):
    batch = rng.choice(400, 64, replace=False)
    with tf.GradientTape() as tape:
        forecast = model(features[batch])
        loss = tf.reduce_mean((forecast - rentals[batch]) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    if (step + 1) % 10 == 0:
        out_grad = tape.gradient(loss, model.out.trainable_variables)
        print(step + 1, float(loss), "output grad norm", float(tf.linalg.global_norm(out_grad)))
