# fault: loss-ignores-prediction
"""Bounding boxes from features: one head for the centre, one head for the size of the box,
the two squared errors are added."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(103)
rng = np.random.default_rng(103)
features = rng.normal(size=(250, 6)).astype("float32")
centre = np.tanh(features[:, :2]).astype("float32")
size = np.abs(features[:, 2:4]).astype("float32")


class BoxNet(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = tf.keras.layers.Dense(20, activation="tanh")
        self.centre_head = tf.keras.layers.Dense(2)
        self.size_head = tf.keras.layers.Dense(2)

    def call(self, x):
        h = self.trunk(x)
        return {"centre": self.centre_head(h), "size": self.size_head(h)}


model = BoxNet()
model(features[:1])
optimizer = tf.keras.optimizers.Adam(0.01)


def squared_error(a, b):
    return tf.reduce_mean(tf.reduce_sum(tf.square(a - b), axis=1))


@tf.function
def train_step(x, c, s):
    with tf.GradientTape() as tape:
        box = model(x, training=True)
        centre_loss = squared_error(c, box["centre"])
        size_loss = squared_error(s, box["centre"])
        loss = centre_loss + size_loss
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return centre_loss, size_loss


data = tf.data.Dataset.from_tensor_slices((features, centre, size)).shuffle(250, seed=3).batch(50)
for epoch in range(8):
    for batch in data:
        c_loss, s_loss = train_step(*batch)
    print("epoch", epoch, "centre", float(c_loss), "size", float(s_loss))
