# fault: none
# Small U-Net like segmentation; augmentation in NumPy inside tf.data, hard IoU only as a metric
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(220)
rng = np.random.default_rng(220)
S = 16
gy, gx = np.mgrid[0:S, 0:S]


def discs(n):
    c = rng.uniform(4, S - 4, (n, 2, 1, 1))
    r = rng.uniform(2.5, 5, (n, 1, 1))
    mask = ((gy - c[:, 0]) ** 2 + (gx - c[:, 1]) ** 2 < r ** 2).astype("float32")
    img = mask * 0.8 + 0.4 * rng.normal(size=mask.shape)
    return img[..., None].astype("float32"), mask[..., None]


def flip(img, mask):
    if np.random.rand() < 0.5:
        img, mask = img[:, ::-1], mask[:, ::-1]
    return np.ascontiguousarray(img), np.ascontiguousarray(mask)


def augment(img, mask):
    a, b = tf.numpy_function(flip, [img, mask], [tf.float32, tf.float32])
    return tf.ensure_shape(a, (S, S, 1)), tf.ensure_shape(b, (S, S, 1))


def dice_bce(y, logits):
    p = tf.sigmoid(logits)
    inter = tf.reduce_sum(y * p, axis=(1, 2, 3))
    dice = 1.0 - (2.0 * inter + 1.0) / (tf.reduce_sum(y + p, axis=(1, 2, 3)) + 1.0)
    bce = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits), axis=(1, 2, 3))
    return dice + bce


def hard_iou(y, logits):
    p = tf.cast(logits > 0, tf.float32)
    return tf.reduce_mean(tf.reduce_sum(y * p, (1, 2, 3)) / (tf.reduce_sum(tf.maximum(y, p), (1, 2, 3)) + 1e-6))


inp = keras.Input((S, S, 1))
e = layers.Conv2D(8, 3, padding="same", activation="relu")(inp)
d = layers.Conv2D(12, 3, padding="same", activation="relu")(layers.MaxPooling2D()(e))
u = layers.Concatenate()([layers.UpSampling2D()(d), e])
out = layers.Conv2D(1, 3, padding="same")(u)
unet = keras.Model(inp, out)
unet.compile(optimizer=keras.optimizers.Adam(5e-3, global_clipnorm=1.0), loss=dice_bce, metrics=[hard_iou])

x, m = discs(256)
xv, mv = discs(64)
train = tf.data.Dataset.from_tensor_slices((x, m)).shuffle(256, seed=4).map(augment).batch(32)
h = unet.fit(train, validation_data=(xv, mv), epochs=5, verbose=0)
print({k: np.round(v, 3).tolist() for k, v in h.history.items()})
