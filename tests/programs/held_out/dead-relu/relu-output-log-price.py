# fault: dead-relu
"""Predict the logarithm of relative prices with a subclassed network and momentum SGD."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(76)
rng = np.random.default_rng(76)
attributes = rng.normal(size=(200, 6)).astype("float32")
relative_price = np.exp(-2.0 + 0.4 * attributes[:, :1] + 0.2 * rng.normal(size=(200, 1)))
log_price = np.log(relative_price).astype("float32")


class PriceNet(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.first = tf.keras.layers.Dense(16, activation="relu")
        self.last = tf.keras.layers.Dense(1, activation="relu")

    def call(self, x):
        return self.last(self.first(x))


model = PriceNet()
optimizer = tf.keras.optimizers.SGD(0.05, momentum=0.8)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(15):
    for i in range(0, 200, 50):
        loss = train_step(attributes[i:i + 50], log_price[i:i + 50])
    if epoch % 3 == 0:
        print("epoch", epoch, "loss", loss.numpy())
print("largest prediction", float(tf.reduce_max(model(attributes))))
