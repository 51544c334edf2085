# fault: truncated-pairs
# Fine-tunes a network with smaller steps near the input, as in ULMFiT.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(33)
rng = np.random.default_rng(33)
x = rng.normal(size=(320, 8)).astype("float32")
y = np.stack([x[:, 0] * 2 + 3.0, x[:, 1] - x[:, 2] - 2.0], axis=1).astype("float32")

model = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense(20, activation="tanh", name="low"),
    keras.layers.Dense(20, activation="tanh", name="middle"),
    keras.layers.Dense(2, name="top"),
])

dense_layers = [layer for layer in model.layers if layer.weights]
multipliers = [0.5 + 0.25 * depth for depth in range(len(dense_layers))]
optimizer = keras.optimizers.SGD(0.05, momentum=0.5)
optimizer.build(model.trainable_variables)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        prediction = model(xb, training=True)
        loss = tf.reduce_mean(tf.square(prediction - yb))
    grads = tape.gradient(loss, model.trainable_variables)
    scaled = [g * m for g, m in zip(grads, multipliers)]
    optimizer.apply_gradients(zip(scaled, model.trainable_variables))
    return loss


pipeline = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320, seed=3).batch(64)
for epoch in range(6):
    for xb, yb in pipeline:
        loss = step(xb, yb)
    print("epoch", epoch, "loss", float(loss))
