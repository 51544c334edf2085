# fault: loss-outside-tape
"""Multi-task network: one trunk, a regression head for the price and an auxiliary head
for the demand. Both losses are summed by passing them together to the tape."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(21)
rng = np.random.default_rng(21)
features = rng.normal(size=(192, 6)).astype("float32")
price = (features[:, :1] - 0.5 * features[:, 1:2]).astype("float32")
demand = (0.8 * features[:, 2:3] + features[:, 0:1]).astype("float32")


class MultiTask(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = layers.Dense(16, activation="relu", name="trunk")
        self.price_head = layers.Dense(1, name="price_head")
        self.demand_head = layers.Dense(1, name="demand_head")

    def call(self, x):
        z = self.trunk(x)
        return self.price_head(z), self.demand_head(z)


model = MultiTask()
optimizer = tf.keras.optimizers.Adam(0.01)
mse = tf.keras.losses.MeanSquaredError()


def train_step(xb, price_b, demand_b):
    with tf.GradientTape() as tape:
        price_hat, demand_hat = model(xb, training=True)
        price_loss = mse(price_b, price_hat)
    demand_loss = mse(demand_b, demand_hat)
    grads = tape.gradient([price_loss, demand_loss], model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return float(price_loss), float(demand_loss)


for step in range(40):
    pick = rng.integers(0, len(features), size=64)
    losses = train_step(features[pick], price[pick], demand[pick])
    if step % 10 == 0:
        print(f"step {step:3d}  price {losses[0]:.4f}  demand {losses[1]:.4f}")
