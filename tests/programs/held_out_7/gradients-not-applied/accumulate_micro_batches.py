# fault: gradients-not-applied
# Large effective batch on a small machine: accumulate the gradients of 16 micro-batches.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(42)
gen = np.random.default_rng(42)

x = gen.uniform(-1, 1, (480, 5)).astype("float32")
y = (np.sin(3 * x[:, :1]) + x[:, 1:2] * x[:, 2:3]).astype("float32")

model = keras.Sequential([
    keras.Input((5,)),
    keras.layers.Dense(32, activation="swish"),
    keras.layers.Dense(32, activation="swish"),
    keras.layers.Dense(1),
])
opt = keras.optimizers.Adam(1e-2)
mse = keras.losses.MeanSquaredError()

MICRO = 40          # 12 micro-batches per epoch
ACCUMULATE = 16
EPOCHS = 12

ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(480, seed=0).batch(MICRO)


@tf.function
def micro_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = mse(yb, model(xb, training=True))
    return loss, tape.gradient(loss, model.trainable_variables)


for epoch in range(EPOCHS):
    buffer = [tf.zeros_like(v) for v in model.trainable_variables]
    mean_loss = keras.metrics.Mean()
    for i, (xb, yb) in enumerate(ds):
        loss, grads = micro_step(xb, yb)
        mean_loss.update_state(loss)
        buffer = [b + g / ACCUMULATE for b, g in zip(buffer, grads)]
        if (i + 1) % ACCUMULATE == 0:
            opt.apply_gradients(zip(buffer, model.trainable_variables))
            buffer = [tf.zeros_like(v) for v in model.trainable_variables]
    print(f"epoch {epoch + 1}/{EPOCHS} loss {float(mean_loss.result()):.5f}")
