# fault: missing-training-flag
# custom loop around a convolutional net with batch normalisation and dropout
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(96)


def bars(n=1800, seed=0):
    rs = np.random.RandomState(seed)
    r, c = np.mgrid[0:8, 0:8]
    label = rs.randint(0, 10, n)
    tilt = label * np.pi / 10 + 0.08 * rs.randn(n)
    dist = (r - 3.5) * np.cos(tilt)[:, None, None] + (c - 3.5) * np.sin(tilt)[:, None, None]
    image = np.exp(-dist ** 2 / 1.5) + 0.1 * rs.randn(n, 8, 8)
    return np.clip(image, 0, 1).astype("float32"), label.astype("int64")


X, y = bars()
X = X[..., None]

inp = layers.Input((8, 8, 1))
h = layers.Conv2D(16, 3, padding="same", use_bias=False)(inp)
h = layers.BatchNormalization()(h)
h = layers.ReLU()(h)
h = layers.MaxPool2D()(h)
h = layers.Conv2D(24, 3, padding="same", use_bias=False)(h)
h = layers.BatchNormalization()(h)
h = layers.ReLU()(h)
h = layers.GlobalAveragePooling2D()(h)
h = layers.Dropout(0.3)(h)
net = tf.keras.Model(inp, layers.Dense(10)(h))

opt = tf.keras.optimizers.Adam(3e-3)
scce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = scce(yb, net(xb))
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((X[:1500], y[:1500])).shuffle(1500, seed=9).batch(50).repeat(4)
for n, (xb, yb) in enumerate(ds):
    loss = step(xb, yb)
    if n % 30 == 0:
        print(n, float(loss), "test acc", np.mean(net(X[1500:], training=False).numpy().argmax(1) == y[1500:]))
