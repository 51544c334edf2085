# fault: none
"""Wide and deep style model on batches that are dictionaries, one tf.function per step."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(115)
rng = np.random.default_rng(115)
city = rng.integers(0, 6, size=180)
numbers = rng.normal(size=(180, 3)).astype("float32")
effect = rng.normal(size=6)
sales = (effect[city] + numbers @ [0.5, -1.0, 0.2]).astype("float32")
stream = tf.data.Dataset.from_tensor_slices(
    {"city": city, "numbers": numbers, "sales": sales}).shuffle(180, seed=1).batch(45)


class WideDeep(tf.Module):
    def __init__(self):
        super().__init__()
        self.table = tf.Variable(tf.random.normal((6, 4), stddev=0.3), name="table")
        self.kernel = tf.Variable(tf.random.normal((7, 1), stddev=0.3), name="kernel")
        self.bias = tf.Variable([0.0], name="bias")

    def __call__(self, batch):
        rows = tf.gather(self.table, batch["city"])
        joined = tf.concat([rows, batch["numbers"]], axis=1)
        return tf.squeeze(joined @ self.kernel + self.bias, axis=1)


model = WideDeep()
optimizer = tf.keras.optimizers.Adam(0.05)


@tf.function
def step(batch):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(batch) - batch["sales"]))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return {"loss": loss}


for epoch in range(8):
    for batch in stream:
        logs = step(batch)
    print("epoch", epoch, "loss", float(logs["loss"]))
