# fault: none
# Gradient accumulation over four micro-batches with a persistent set of buffers.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential, layers, optimizers

tf.keras.utils.set_random_seed(109)
rng = np.random.default_rng(109)
X = rng.normal(size=(512, 10)).astype("float32")
y = (np.sin(2 * X[:, 0]) + X[:, 1] * X[:, 2])[:, None].astype("float32")


class Accumulator:
    def __init__(self, model, optimizer, every=4):
        self.model, self.optimizer, self.every = model, optimizer, every
        self.buffers = [tf.Variable(tf.zeros_like(v), trainable=False) for v in model.trainable_variables]
        self.count = tf.Variable(0, trainable=False, dtype=tf.int64)
        optimizer.build(model.trainable_variables)

    def _flush(self):
        self.optimizer.apply_gradients([(b / self.every, v) for b, v in zip(self.buffers, self.model.trainable_variables)])
        for b in self.buffers:
            b.assign(tf.zeros_like(b))
        return tf.constant(True)

    @tf.function
    def step(self, xb, yb):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self.model(xb, training=True) - yb))
        for b, g in zip(self.buffers, tape.gradient(loss, self.model.trainable_variables)):
            b.assign_add(g)
        self.count.assign_add(1)
        tf.cond(tf.equal(self.count % self.every, 0), self._flush, lambda: tf.constant(False))
        return loss


model = Sequential([Input((10,)), layers.Dense(48, activation="relu"), layers.Dense(48, activation="relu"), layers.Dense(1)])
trainer = Accumulator(model, optimizers.Adam(8e-3))
ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(512, seed=1).batch(32)
for epoch in range(15):
    mse = np.mean([trainer.step(a, b).numpy() for a, b in ds])
    if epoch % 3 == 0:
        print(f"epoch {epoch:2d} mse {mse:.4f} optimizer steps {int(trainer.optimizer.iterations)}")
