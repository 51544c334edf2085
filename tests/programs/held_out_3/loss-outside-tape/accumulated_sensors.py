# fault: loss-outside-tape
# Classifies machine states from vibration features, accumulating gradients over four micro-batches.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)
centers = rng.normal(scale=1.5, size=(4, 10))
state = rng.integers(0, 4, size=480)
x_all = (centers[state] + rng.normal(size=(480, 10))).astype("float32")

model = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(4),
])
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.01)
ACCUM = 4
MICRO = 20

total = [tf.zeros_like(v) for v in model.trainable_variables]
step_loss = 0.0
for epoch in range(3):
    order = rng.permutation(480)
    for i in range(480 // MICRO):
        idx = order[i * MICRO:(i + 1) * MICRO]
        with tf.GradientTape() as tape:
            logits = model(x_all[idx], training=True)
            loss = loss_fn(state[idx], logits)
        loss = loss / ACCUM
        grads = tape.gradient(loss, model.trainable_variables)
        total = [t if g is None else t + g for t, g in zip(total, grads)]
        step_loss += float(loss)

        if (i + 1) % ACCUM == 0:
            opt.apply_gradients(zip(total, model.trainable_variables))
            total = [tf.zeros_like(v) for v in model.trainable_variables]
            print(f"update {int(opt.iterations)}  loss {step_loss:.4f}")
            step_loss = 0.0

pred = np.argmax(model(x_all), axis=1)
print("train accuracy", (pred == state).mean())
