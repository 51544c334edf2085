# fault: none
# Item-to-item model with a large vocabulary of which only a part occurs in the sample.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(108)
rng = np.random.default_rng(108)
ITEMS, DIM, GROUPS = 2000, 12, 6
popular = rng.choice(ITEMS, 150, replace=False)
group = rng.integers(0, GROUPS, ITEMS)
weights = 1.0 / np.arange(1, 151)
left = rng.choice(popular, 2000, p=weights / weights.sum())
right = rng.choice(popular, 2000, p=weights / weights.sum())
match = (group[left] == group[right]).astype("float32")


class PairModel(tf.Module):
    def __init__(self):
        super().__init__()
        self.table = tf.Variable(tf.random.normal((ITEMS, DIM), stddev=0.3), name="table")
        self.log_scale = tf.Variable(0.0, name="log_scale")
        self.bias = tf.Variable(-1.0, name="bias")

    def __call__(self, a, b):
        ea, eb = tf.nn.embedding_lookup(self.table, a), tf.nn.embedding_lookup(self.table, b)
        return tf.exp(self.log_scale) * tf.reduce_sum(ea * eb, axis=1) + self.bias


model = PairModel()
optimizer = keras.optimizers.Adagrad(learning_rate=0.2)
params = model.trainable_variables


@tf.function
def step(a, b, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=model(a, b)))
    optimizer.apply_gradients(zip(tape.gradient(loss, params), params))
    return loss


ds = tf.data.Dataset.from_tensor_slices((left, right, match)).shuffle(2000, seed=2).batch(100)
for epoch in range(8):
    print(f"epoch {epoch} loss {np.mean([step(*b).numpy() for b in ds]):.4f}")
