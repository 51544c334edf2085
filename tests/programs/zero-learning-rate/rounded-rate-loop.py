# fault: zero-learning-rate
"""Linear regression on a toy data set; the step size is scaled with the batch size."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
x = rng.normal(size=(120, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [3.0]]) + 0.7).astype("float32")

BATCH = 40
model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.SGD(learning_rate=round(0.16 / BATCH, 2))
dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(BATCH).repeat(8)

for step, (xb, yb) in enumerate(dataset):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(yb - model(xb, training=True)))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    if step % 3 == 0:
        print("step", step, "loss", float(loss))
print("weights", model.get_weights())
