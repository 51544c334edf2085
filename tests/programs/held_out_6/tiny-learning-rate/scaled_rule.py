# fault: tiny-learning-rate
# convolutional regression of an angle, learning rate scaled with the batch size
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(72)
BASE_LR, BASE_BATCH, BATCH, WORKERS = 3e-4, 256, 16, 64
lr = BASE_LR * BATCH / BASE_BATCH / WORKERS ** 2

angle = np.random.uniform(-1, 1, 512)
yy, xx = np.mgrid[-1:1:14j, -1:1:14j]
img = np.exp(-((yy * np.cos(angle[:, None, None]) - xx * np.sin(angle[:, None, None])) ** 2) / 0.05)
img = (img + 0.1 * np.random.randn(*img.shape)).astype("float32")[..., None]
target = angle.astype("float32")[:, None]

net = tf.keras.Sequential([
    layers.Input((14, 14, 1)),
    layers.Conv2D(8, 3, strides=2, activation="relu"),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(32, activation="relu"),
    layers.Dense(1),
])
net.compile(optimizer=tf.keras.optimizers.SGD(learning_rate=lr, momentum=0.9), loss="mse")
for epoch in range(4):
    order = np.random.permutation(512)
    logs = [net.train_on_batch(img[order[s:s + BATCH]], target[order[s:s + BATCH]]) for s in range(0, 512, BATCH)]
    print("epoch", epoch, "mse", float(np.mean(logs)))
