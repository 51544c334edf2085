# fault: rebound-variable
# Heavy-ball SGD with weight decay and a norm limit written by hand, for a two-layer salary regressor.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)

people = rng.normal(size=(256, 6)).astype("float32")
salary = (people @ rng.normal(size=(6, 1)) * 0.5 + 1.0).astype("float32")

model = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(12, activation="softplus"),
    keras.layers.Dense(1),
])


class HeavyBall:
    def __init__(self, params, lr=0.02, mu=0.8, decay=1e-4, max_norm=6.0):
        self.params = list(params)
        self.lr, self.mu, self.decay, self.max_norm = lr, mu, decay, max_norm
        self.velocity = [tf.zeros(p.shape) for p in self.params]

    def step(self, grads):
        for i, (p, g) in enumerate(zip(self.params, grads)):
            g += self.decay * p
            self.velocity[i] = self.mu * self.velocity[i] - self.lr * g
            p = p + self.velocity[i]
            if p.shape.rank > 1:
                p = tf.clip_by_norm(p, self.max_norm)


optimizer = HeavyBall(model.trainable_variables)
batches = tf.data.Dataset.from_tensor_slices((people, salary)).batch(32)

for epoch in range(4):
    losses = []
    for xb, yb in batches:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.math.squared_difference(model(xb), yb))
        optimizer.step(tape.gradient(loss, model.trainable_variables))
        losses.append(float(loss))
    print(f"epoch {epoch + 1}  mse {np.mean(losses):.5f}")
