# fault: forward-outside-tape
# Predict standardised house prices from a few features with a subclassed model and a trainer class.
import numpy as np
import tensorflow as tf


class PriceModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(16, activation="tanh")
        self.out = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.out(self.hidden(x))


class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.opt = tf.keras.optimizers.SGD(lr)
        self.mse = tf.keras.losses.MeanSquaredError()

    def step(self, x, y):
        prediction = self.model(x)
        with tf.GradientTape() as tape:
            loss = self.mse(y, prediction)
        grads = tape.gradient(loss, self.model.trainable_variables)
        self.opt.apply_gradients(zip(grads, self.model.trainable_variables))
        return loss


def main():
    tf.random.set_seed(11)
    rng = np.random.RandomState(11)
    x = rng.randn(128, 5).astype(np.float32)
    y = (x @ rng.randn(5, 1) + 0.1 * rng.randn(128, 1)).astype(np.float32)

    trainer = Trainer(PriceModel(), lr=0.05)
    for step in range(30):
        loss = trainer.step(x, y)
        if step % 5 == 0:
            print("step", step, "loss", loss.numpy())


if __name__ == "__main__":
    main()
