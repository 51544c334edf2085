# fault: incomplete-variable-list
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(375)
rng = np.random.default_rng(375)
tokens = rng.integers(0, 20, size=(96, 6))
target = ((tokens < 5).sum(axis=1) > 1).astype("float32")[:, None]
class Tagger(keras.Model):
    def __init__(self):
        super().__init__()
        self.emb = keras.layers.Embedding(20, 6)
        self.pool = keras.layers.GlobalAveragePooling1D()
        self.out = keras.layers.Dense(1)
    def call(self, t):
        return self.out(self.pool(self.emb(t)))
    def train_step(self, data):
        t, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=y, y_pred=self(t, training=True))
        g = tape.gradient(loss, self.out.trainable_variables)
        self.optimizer.apply_gradients(zip(g, self.out.trainable_variables))
        return {"loss": loss}
m = Tagger()
m.compile(keras.optimizers.Adam(0.01), keras.losses.BinaryCrossentropy(from_logits=True))
m.fit(tokens, target, epochs=4, verbose=0)
