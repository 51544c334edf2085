# fault: variable-created-in-graph
# Trains a keystroke classifier with noisy inputs in a compiled step.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(68)
rng = np.random.default_rng(68)
timing = rng.normal(size=(256, 10)).astype("float32")
user = (timing[:, :3].sum(1) > 0).astype("int32")

model = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(2),
])
optimizer = keras.optimizers.Adam(0.01)
optimizer.build(model.trainable_variables)
criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def augment(x):
    """Jitters the timings and drops a few of them."""
    x = keras.layers.GaussianNoise(0.05)(x, training=True)
    return keras.layers.Dropout(0.1)(x, training=True)


def step(x, y):
    with tf.GradientTape() as tape:
        loss = criterion(y, model(augment(x), training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((timing, user)).batch(32)
for x, y in data:
    loss = step(x, y)
print("first pass without compilation", float(loss))

fast_step = tf.function(step)
for epoch in range(3):
    for x, y in data:
        loss = fast_step(x, y)
    print("epoch", epoch, float(loss))
