# fault: loss-outside-tape
# Toy segmentation of bright blobs; large batches are simulated by accumulating micro-batches.
import numpy as np
import tensorflow as tf
from dataclasses import dataclass


@dataclass
class Config:
    size: int = 16
    micro: int = 8
    accum: int = 4
    updates: int = 30
    lr: float = 5e-3


cfg = Config()
tf.keras.utils.set_random_seed(11)


def make_batch(rng, n):
    yy, xx = np.mgrid[:cfg.size, :cfg.size]
    img = rng.normal(0, 0.3, (n, cfg.size, cfg.size, 1))
    mask = np.zeros((n, cfg.size, cfg.size, 1))
    for i in range(n):
        cy, cx, r = rng.integers(4, 12), rng.integers(4, 12), rng.integers(2, 5)
        mask[i, ..., 0] = (yy - cy) ** 2 + (xx - cx) ** 2 < r * r
    return (img + mask).astype("float32"), mask.astype("float32")


inp = tf.keras.Input((cfg.size, cfg.size, 1))
h = tf.keras.layers.Conv2D(8, 3, padding="same", activation="relu")(inp)
h = tf.keras.layers.Conv2D(8, 3, padding="same", activation="relu")(h)
net = tf.keras.Model(inp, tf.keras.layers.Conv2D(1, 1)(h))
opt = tf.keras.optimizers.Adam(cfg.lr)
rng = np.random.default_rng(11)

for update in range(cfg.updates):
    total = [tf.zeros_like(v) for v in net.trainable_variables]
    running = 0.0
    for _ in range(cfg.accum):
        x, m = make_batch(rng, cfg.micro)
        with tf.GradientTape() as tape:
            logits = net(x, training=True)
            pixel = tf.nn.sigmoid_cross_entropy_with_logits(labels=m, logits=logits)
        loss = tf.reduce_mean(pixel) / cfg.accum
        grads = tape.gradient(loss, net.trainable_variables)
        total = [a if g is None else a + g for a, g in zip(total, grads)]
        running += float(loss)
    opt.apply_gradients(zip(total, net.trainable_variables))
    if update % 5 == 0:
        print(f"update {update:3d}  bce {running:.4f}")
