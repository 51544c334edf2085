# fault: none
# Gradient accumulation over 4 micro batches with a global step counter
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(206)
rng = np.random.default_rng(206)
img = rng.normal(size=(640, 8, 8, 1)).astype("float32")
lab = (img[:, :4].mean(axis=(1, 2, 3)) > img[:, 4:].mean(axis=(1, 2, 3))).astype("float32")[:, None]

net = keras.Sequential([
    keras.Input((8, 8, 1)),
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(1),
])
opt = keras.optimizers.Adam(4e-3)
bce = keras.losses.BinaryCrossentropy(from_logits=True)
ACC = 4
accum = [tf.Variable(tf.zeros_like(v.value), trainable=False) for v in net.trainable_variables]


@tf.function
def micro(xb, yb):
    with tf.GradientTape() as tape:
        loss = bce(yb, net(xb, training=True)) / ACC
    for a, g in zip(accum, tape.gradient(loss, net.trainable_variables)):
        a.assign_add(g)
    return loss * ACC


@tf.function
def flush():
    opt.apply_gradients([(a.read_value(), v) for a, v in zip(accum, net.trainable_variables)])
    for a in accum:
        a.assign(tf.zeros_like(a))


ds = tf.data.Dataset.from_tensor_slices((img, lab)).shuffle(640, seed=6).batch(16)
counter = 0
for epoch in range(8):
    total = 0.0
    for xb, yb in ds:
        total += float(micro(xb, yb))
        counter += 1
        if counter % ACC == 0:
            flush()
    print(f"epoch {epoch + 1} loss {total / 40:.4f} updates {int(opt.iterations)}")
