# fault: unscaled-inputs
# wine cultivars with a small tanh network
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(86)
# alcohol %, magnesium mg, proline mg, colour, ash, total phenols
y = np.random.randint(0, 3, 400)
mean = np.array([[13.7, 106, 1115, 5.5, 2.4, 2.8], [12.3, 94, 520, 3.1, 2.2, 2.2], [13.2, 99, 630, 7.4, 2.4, 1.7]])
std = np.array([0.5, 12, 180, 1.2, 0.25, 0.4])
X = (mean[y] + std * np.random.randn(400, 6)).astype("float32")
Xtr, Xte, ytr, yte = X[:300], X[300:], y[:300], y[300:]

model = tf.keras.Sequential([
    tf.keras.Input((6,)),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.SGD(0.05), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(Xtr, ytr, epochs=15, batch_size=16, verbose=0)
print("train", model.evaluate(Xtr, ytr, verbose=0))
print("test", model.evaluate(Xte, yte, verbose=0))
guess = model.predict(Xte, verbose=0).argmax(1)
table = np.zeros((3, 3), int)
np.add.at(table, (yte, guess), 1)
print(table)
