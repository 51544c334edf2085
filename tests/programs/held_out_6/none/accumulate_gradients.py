# fault: none
# segmentation of stripes with gradients accumulated over four micro-batches
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(107)
N, ACCUM = 320, 4
phase = np.random.uniform(0, 6, (N, 1, 1))
rows = np.arange(12)[None, :, None]
mask = (np.sin(rows * 1.1 + phase) > 0.2) * np.ones((N, 12, 12))
img = (0.8 * mask + 0.3 * np.random.randn(N, 12, 12)).astype("float32")[..., None]
mask = mask.astype("float32")[..., None]

net = tf.keras.Sequential([
    layers.Input((12, 12, 1)),
    layers.Conv2D(8, 3, padding="same", activation="relu"),
    layers.Conv2D(8, 3, padding="same", activation="relu"),
    layers.Conv2D(1, 1),
])
opt = tf.keras.optimizers.Adam(5e-3)
store = [tf.Variable(tf.zeros_like(v), trainable=False) for v in net.trainable_variables]


def dice_bce(y, logits):
    p = tf.sigmoid(logits)
    dice = 1 - (2 * tf.reduce_sum(p * y) + 1) / (tf.reduce_sum(p) + tf.reduce_sum(y) + 1)
    return dice + tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits))


@tf.function
def micro(x, y):
    with tf.GradientTape() as tape:
        loss = dice_bce(y, net(x, training=True)) / ACCUM
    for s, g in zip(store, tape.gradient(loss, net.trainable_variables)):
        s.assign_add(g)
    return loss * ACCUM


@tf.function
def flush():
    opt.apply_gradients(zip([s.value() for s in store], net.trainable_variables))
    for s in store:
        s.assign(tf.zeros_like(s))


for i in range(240):
    b = np.random.choice(N, 16, replace=False)
    loss = micro(tf.constant(img[b]), tf.constant(mask[b]))
    if i % ACCUM == ACCUM - 1:
        flush()
    if i % 48 == 0:
        print(i, float(loss))
