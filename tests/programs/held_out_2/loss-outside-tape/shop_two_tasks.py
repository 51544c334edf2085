# fault: loss-outside-tape
# Predicts the basket value and the return probability of web shop orders with a shared trunk.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)

orders = rng.normal(size=(320, 10)).astype("float32")
value = (orders[:, :1] * 1.5 - orders[:, 1:2] + 0.5).astype("float32")
returned = (orders[:, 2:3] + orders[:, 3:4] > 0).astype("float32")


class BasketModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = keras.layers.Dense(24, activation="elu")
        self.value_head = keras.layers.Dense(1)
        self.return_hidden = keras.layers.Dense(12, activation="tanh")
        self.return_logit = keras.layers.Dense(1)

    def call(self, x):
        h = self.trunk(x)
        return {"value": self.value_head(h),
                "returned": self.return_logit(self.return_hidden(h))}


model = BasketModel()
model(orders[:1])
opt = keras.optimizers.AdamW(5e-3, weight_decay=0.0)
mse = keras.losses.MeanSquaredError()
bce = keras.losses.BinaryCrossentropy(from_logits=True)


def step(xb, vb, rb):
    with tf.GradientTape() as tape:
        out = model(xb, training=True)
        losses = {"value": mse(vb, out["value"])}
    losses["returned"] = 2.0 * bce(rb, out["returned"])
    grads = tape.gradient(list(losses.values()), model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return losses


ds = tf.data.Dataset.from_tensor_slices((orders, value, returned)).batch(40)
for epoch in range(5):
    log = []
    for batch in ds:
        log.append({k: float(v) for k, v in step(*batch).items()})
    print(epoch, {k: round(float(np.mean([r[k] for r in log])), 4) for k in log[0]})
