# fault: none
# Low-rank adaptation of a frozen network: one factor starts at zero, the other is random.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(11)
rng = np.random.default_rng(11)
x = rng.normal(size=(384, 8)).astype("float32")
first_task = np.tanh(x[:, :1] + x[:, 1:2]).astype("float32")
second_task = np.tanh(x[:, 2:3] - x[:, 1:2]).astype("float32")


class LoRA(layers.Layer):
    def __init__(self, base, rank=4):
        super().__init__()
        base.trainable = False
        self.base, self.rank = base, rank

    def build(self, shape):
        self.a = self.add_weight(shape=(shape[-1], self.rank), initializer="he_normal", name="a")
        self.b = self.add_weight(shape=(self.rank, self.base.units), initializer="zeros", name="b")

    def call(self, x):
        return self.base(x) + tf.matmul(tf.matmul(x, self.a), self.b)


base = keras.Sequential([keras.Input((8,)), layers.Dense(32, name="one"), layers.Activation("tanh"),
                         layers.Dense(1, name="two")])
base.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
base.fit(x, first_task, batch_size=64, epochs=4, verbose=0)

model = keras.Sequential([keras.Input((8,)), LoRA(base.get_layer("one")), layers.Activation("tanh"),
                          LoRA(base.get_layer("two"))])
optimizer = keras.optimizers.Adam(0.01)
for epoch in range(8):
    losses = []
    for i in range(0, len(x), 64):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(x[i:i + 64]) - second_task[i:i + 64]) ** 2)
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        losses.append(float(loss))
    print(f"epoch {epoch}: loss {np.mean(losses):.4f}")
