# fault: exploding-gradient
"""Deep ReLU regressor on twelve lab measurements."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(30)
rng = np.random.default_rng(30)
X = rng.normal(size=(1200, 12)).astype("float32")
y = (np.maximum(X[:, :1], X[:, 1:2]) - 0.5 * X[:, 2:3] * X[:, 3:4]).astype("float32")
y = (y - y.mean()) / y.std()


def build(depth=8, width=64):
    init = keras.initializers.RandomNormal(stddev=1.0)
    inp = keras.Input((12,))
    h = inp
    for i in range(depth):
        h = layers.Dense(width, activation="relu", kernel_initializer=init, name=f"block{i}")(h)
    return keras.Model(inp, layers.Dense(1, name="readout")(h))


model = build()
optimizer = keras.optimizers.SGD(0.01)
loss_fn = keras.losses.MeanSquaredError()


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(25):
    order = rng.permutation(1200)
    losses = [float(step(tf.constant(X[b]), tf.constant(y[b]))) for b in np.split(order, 15)]
    if epoch % 5 == 4 or epoch == 0:
        print("epoch", epoch + 1, "first batch", losses[0], "mean", np.mean(losses))
