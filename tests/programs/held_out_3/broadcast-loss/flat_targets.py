# fault: broadcast-loss
# Predicts delivery times from order data with a subclassed model and its own MSE.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(130)
rng = np.random.default_rng(130)
orders = rng.normal(size=(512, 5)).astype("float32")
minutes = (1.5 * orders[:, 0] - orders[:, 1] + 0.3 * orders[:, 2] ** 2).astype("float32")


class DeliveryModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(20, activation="relu")
        self.out = tf.keras.layers.Dense(1)

    def call(self, inputs):
        return self.out(self.hidden(inputs))


model = DeliveryModel()
optimizer = tf.keras.optimizers.Adam(0.01)
batches = tf.data.Dataset.from_tensor_slices((orders, minutes)).shuffle(512, seed=0).batch(64)

for epoch in range(10):
    running = []
    for features, target in batches:
        with tf.GradientTape() as tape:
            predicted = model(features)
            loss = tf.reduce_mean(tf.square(predicted - target))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        running.append(loss.numpy())
    print("epoch", epoch, "mse", np.mean(running))
print("variance of the targets", minutes.var())
