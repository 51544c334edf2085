# fault: too-little-capacity
# two concentric circles, dense network
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input

tf.keras.utils.set_random_seed(88)
y = np.random.randint(0, 2, 1000).astype("float32")
angle = np.random.uniform(0, 2 * np.pi, 1000)
radius = np.where(y == 1, 0.4, 1.0) + 0.06 * np.random.randn(1000)
X = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).astype("float32")

model = tf.keras.Sequential([Input((2,))])
for units in (32, 32, 16):
    model.add(Dense(units))
model.add(Dense(1, activation="sigmoid"))
model.compile(optimizer=tf.keras.optimizers.Adam(3e-3), loss="binary_crossentropy", metrics=["accuracy"])
stop = tf.keras.callbacks.EarlyStopping(monitor="loss", patience=20, restore_best_weights=True)
h = model.fit(X, y, epochs=15, batch_size=50, callbacks=[stop], verbose=0)
print("loss", [round(v, 3) for v in h.history["loss"][::3]], "accuracy", h.history["accuracy"][-1])

p = model.predict(X, verbose=0)[:, 0]
for name, value in (("inner", 1), ("outer", 0)):
    part = p[y == value]
    print(name, "mean probability", round(float(part.mean()), 3), "spread", round(float(part.std()), 3))
