# fault: none
# Wide and deep click model: FTRL for the sparse linear part, Adam for the deep part, one persistent tape.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(112)
rng = np.random.default_rng(112)
CROSSES = 50
cross = rng.integers(0, CROSSES, 1200)
dense = rng.normal(size=(1200, 6)).astype("float32")
logit = rng.normal(size=CROSSES)[cross] + np.sin(2 * dense[:, 0]) + dense[:, 1] * dense[:, 2]
click = (logit + 0.3 * rng.normal(size=1200) > 0).astype("float32")[:, None]


class WideDeep(keras.Model):
    def __init__(self):
        super().__init__()
        self.wide = keras.layers.Embedding(CROSSES, 1, embeddings_initializer="zeros")
        self.deep = keras.Sequential([keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])

    def call(self, inputs):
        ids, x = inputs
        return self.wide(ids) + self.deep(x)

    def compile(self, wide_optimizer, deep_optimizer, loss_fn):
        super().compile(metrics=[])
        self.wide_optimizer, self.deep_optimizer, self.loss_fn = wide_optimizer, deep_optimizer, loss_fn
        self.mean = keras.metrics.Mean(name="bce")

    def train_step(self, data):
        inputs, y = data
        with tf.GradientTape(persistent=True) as tape:
            loss = self.loss_fn(y, self(inputs, training=True))
        wide_vars, deep_vars = self.wide.trainable_variables, self.deep.trainable_variables
        wide_grads, deep_grads = tape.gradient(loss, wide_vars), tape.gradient(loss, deep_vars)
        del tape
        self.wide_optimizer.apply_gradients(zip(wide_grads, wide_vars))
        self.deep_optimizer.apply_gradients(zip(deep_grads, deep_vars))
        self.mean.update_state(loss)
        return {"bce": self.mean.result()}

    @property
    def metrics(self):
        return [self.mean]


model = WideDeep()
model.compile(keras.optimizers.Ftrl(0.5), keras.optimizers.Adam(5e-3), keras.losses.BinaryCrossentropy(from_logits=True))
log = model.fit((cross, dense), click, batch_size=100, epochs=12, verbose=0).history["bce"]
print("bce", np.round(log[::2], 4))
