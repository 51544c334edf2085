# fault: unwatched-tensor
"""Activation maximisation: train a tiny classifier, then optimise an input
so that the score of class 1 becomes as large as possible."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)
X = rng.normal(size=(200, 10)).astype("float32")
y = (X[:, 0] + X[:, 3] > 0).astype("int32")

net = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(2),
])
net.compile(optimizer=keras.optimizers.Adam(0.02),
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
net.fit(X, y, epochs=3, batch_size=50, verbose=0)

# gradient ascent on the input
picture = tf.random.normal((1, 10), stddev=0.1)
step_size = 0.2
for i in range(30):
    with tf.GradientTape() as tape:
        score = net(picture)[0, 1]
    direction = tape.gradient(score, picture)
    picture = picture + step_size * direction
    if i % 10 == 0:
        print("iteration", i, "score", float(score))
print(picture.numpy().round(2))
