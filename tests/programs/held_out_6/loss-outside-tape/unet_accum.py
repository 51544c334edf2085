# fault: loss-outside-tape
# tiny encoder-decoder for blob segmentation, gradients accumulated over 2 micro-batches
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(11)
MICRO = 2


def make_blobs(n, size=16):
    yy, xx = np.mgrid[0:size, 0:size]
    imgs, masks = [], []
    for _ in range(n):
        cy, cx, r = np.random.uniform(4, 12), np.random.uniform(4, 12), np.random.uniform(2, 4)
        m = ((yy - cy) ** 2 + (xx - cx) ** 2 < r * r).astype("float32")
        imgs.append(m + 0.3 * np.random.randn(size, size))
        masks.append(m)
    return np.array(imgs, "float32")[..., None], np.array(masks, "float32")[..., None]


inp = layers.Input((16, 16, 1))
a = layers.Conv2D(8, 3, padding="same", activation="relu")(inp)
b = layers.MaxPool2D()(a)
b = layers.Conv2D(16, 3, padding="same", activation="relu")(b)
u = layers.UpSampling2D()(b)
u = layers.Concatenate()([u, a])
out = layers.Conv2D(1, 3, padding="same")(u)
net = tf.keras.Model(inp, out)

bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(3e-3)
images, masks = make_blobs(256)
ds = tf.data.Dataset.from_tensor_slices((images, masks)).shuffle(256, seed=1).repeat().batch(16).take(80)
buffers = [tf.Variable(tf.zeros_like(v), trainable=False) for v in net.trainable_variables]

for i, (x, y) in enumerate(ds):
    with tf.GradientTape() as tape:
        logits = net(x, training=True)
        loss = bce(y, logits)
    loss = loss / MICRO
    for buf, g in zip(buffers, tape.gradient(loss, net.trainable_variables)):
        if g is not None:
            buf.assign_add(g)
    if (i + 1) % MICRO == 0:
        opt.apply_gradients([(buf.value(), v) for buf, v in zip(buffers, net.trainable_variables)])
        for buf in buffers:
            buf.assign(tf.zeros_like(buf))
    if i % 25 == 0:
        pred = tf.cast(logits > 0, tf.float32)
        inter = tf.reduce_sum(pred * y)
        print(f"{i:3d} loss {float(loss) * MICRO:.4f} dice {float(2 * inter / (tf.reduce_sum(pred) + tf.reduce_sum(y) + 1e-6)):.3f}")
