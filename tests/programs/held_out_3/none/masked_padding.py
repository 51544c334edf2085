# fault: none
# Predicts a value for every time step of padded sequences and ignores the padding in the loss.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(504)
rng = np.random.default_rng(504)
lengths = rng.integers(4, 11, size=200)
steps = rng.normal(size=(200, 10, 3)).astype("float32")
valid = np.arange(10)[None, :] < lengths[:, None]
steps[~valid] = 0.0
value = np.where(valid, np.tanh(steps[:, :, 0] * 2) + steps[:, :, 1], -999.0).astype("float32")

net = tf.keras.Sequential([
    tf.keras.Input((10, 3)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.Adam(0.02)


@tf.function
def train(x, y):
    mask = y > -998.0
    with tf.GradientTape() as tape:
        predicted = tf.squeeze(net(x, training=True), -1)
        error = tf.boolean_mask(predicted, mask) - tf.boolean_mask(y, mask)
        loss = tf.reduce_mean(tf.square(error))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(20):
    for i in range(0, 200, 40):
        loss = train(tf.constant(steps[i:i + 40]), tf.constant(value[i:i + 40]))
    if epoch % 4 == 0:
        print("epoch", epoch, "masked loss", float(loss))
