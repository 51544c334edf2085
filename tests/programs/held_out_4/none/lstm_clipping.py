# fault: none
# LSTM on a chaotic series; the gradient norm is limited and the share of limited steps is reported.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential, layers, optimizers

tf.keras.utils.set_random_seed(117)
x = [0.4]
for _ in range(900):
    x.append(3.8 * x[-1] * (1 - x[-1]))
series = np.array(x[100:], "float32") * 2 - 1
WINDOW, MAX_NORM = 6, 0.5
inputs = np.stack([series[i:i + WINDOW] for i in range(len(series) - WINDOW)])[..., None]
targets = series[WINDOW:][:, None]

model = Sequential([Input((WINDOW, 1)), layers.LSTM(24), layers.Dense(1)])
optimizer = optimizers.Adam(1e-2)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xb, training=True) - yb))
    grads, norm = tf.clip_by_global_norm(tape.gradient(loss, model.trainable_variables), MAX_NORM)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss, norm


ds = tf.data.Dataset.from_tensor_slices((inputs, targets)).shuffle(len(inputs), seed=4).batch(64)
for epoch in range(14):
    logs = np.array([[float(v) for v in step(*b)] for b in ds])
    if epoch % 3 == 0:
        print(f"epoch {epoch:2d} mse {logs[:, 0].mean():.4f} clipped {np.mean(logs[:, 1] > MAX_NORM):.0%}")
