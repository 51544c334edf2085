# fault: none
# Mixed precision with a loss scale in a hand-written step.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(13)
rng = np.random.default_rng(13)
x = rng.normal(size=(384, 10)).astype("float32")
label = np.argmax(x[:, :3] + 0.2 * rng.normal(size=(384, 3)), axis=1)

inputs = keras.Input((10,))
h = layers.Dense(32, activation="relu", dtype="mixed_float16")(inputs)
h = layers.Dense(32, activation="relu", dtype="mixed_float16")(h)
model = keras.Model(inputs, layers.Dense(3, dtype="float32")(h))
optimizer = keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam(0.01), initial_scale=1024.0)
optimizer.build(model.trainable_variables)
criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = criterion(yb, model(xb, training=True))
        scaled = optimizer.scale_loss(loss)
    grads = tape.gradient(scaled, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((x, label)).shuffle(384, seed=13).batch(48)
for epoch in range(6):
    print("epoch", epoch, "loss", round(float(np.mean([float(step(a, b)) for a, b in data])), 4))
