# fault: none
# Compiled training step whose learning rate starts at zero and is raised from Python.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(509)
rng = np.random.default_rng(509)
x = rng.normal(size=(256, 3)).astype("float32")
y = np.maximum(x[:, :1], x[:, 1:2]).astype("float32")
net = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1)])
rate = tf.Variable(0.0, trainable=False)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(xb, training=True) - yb))
    variables = net.trainable_variables
    for v, g in zip(variables, tape.gradient(loss, variables)):
        v.assign_sub(rate * g)
    return loss


for i in range(150):
    rate.assign(0.1 * min(1.0, i / 10))
    rows = rng.choice(256, 64, replace=False)
    loss = step(tf.constant(x[rows]), tf.constant(y[rows]))
    if i % 15 == 0:
        print(f"step {i} rate {rate.numpy():.2f} loss {float(loss):.4f}")
