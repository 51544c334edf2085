# fault: variables-read-before-build
import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(1)
tf.random.set_seed(1)

# toy 8x8 images: horizontal, vertical or diagonal bar
def draw(kind):
    img = np.random.rand(8, 8) * 0.3
    p = np.random.randint(1, 7)
    if kind == 0:
        img[p, :] += 1
    elif kind == 1:
        img[:, p] += 1
    else:
        img[np.arange(8), np.arange(8)] += 1
    return img

labels = np.random.randint(0, 3, 600)
images = np.stack([draw(k) for k in labels])[..., None].astype("float32")

cnn = keras.Sequential([
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.MaxPooling2D(),
    keras.layers.Flatten(),
    keras.layers.Dense(3),
])
params = cnn.trainable_variables
adam = keras.optimizers.Adam(1e-3)
criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

for epoch in range(8):
    for i in range(0, 600, 60):
        xb, yb = images[i:i + 60], labels[i:i + 60]
        with tf.GradientTape() as tape:
            logits = cnn(xb, training=True)
            loss = criterion(yb, logits)
        grads = tape.gradient(loss, params)
        adam.apply_gradients(zip(grads, params))
    acc = np.mean(cnn(images).numpy().argmax(1) == labels)
    print("epoch", epoch, "loss", float(loss), "acc", acc)
