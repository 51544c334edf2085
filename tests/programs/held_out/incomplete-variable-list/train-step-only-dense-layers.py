# fault: incomplete-variable-list
"""Click prediction from a user embedding and item features. The train_step collects the weights of
the dense layers; everything runs through fit()."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(83)


class ClickModel(keras.Model):
    def __init__(self, n_users):
        super().__init__()
        self.user = layers.Embedding(n_users, 4)
        self.item = layers.Dense(4, activation="tanh")
        self.click = layers.Dense(1)

    def call(self, inputs):
        user_id, item_features = inputs
        product = self.user(user_id) * self.item(item_features)
        return self.click(tf.concat([product, self.user(user_id)], axis=1))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        dense_layers = [layer for layer in self.layers if isinstance(layer, layers.Dense)]
        weights = [w for layer in dense_layers for w in layer.trainable_weights]
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        for metric in self.metrics:
            metric.update_state(loss)
        return {m.name: m.result() for m in self.metrics}


rng = np.random.default_rng(83)
n_users = 20
preference = rng.normal(size=(n_users, 4))
user_ids = rng.integers(0, n_users, size=400)
items = rng.normal(size=(400, 4)).astype("float32")
clicked = (np.sum(preference[user_ids] * items, axis=1) + preference[user_ids, 0] > 0)
clicked = clicked.astype("float32")[:, None]

model = ClickModel(n_users)
model.compile(optimizer=keras.optimizers.Adam(0.02),
              loss=keras.losses.BinaryCrossentropy(from_logits=True))
model.fit((user_ids, items), clicked, batch_size=50, epochs=6, verbose=2)
