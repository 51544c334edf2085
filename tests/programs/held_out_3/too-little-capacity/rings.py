# fault: too-little-capacity
# Separates the points of an inner disc from those of the surrounding ring.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(370)
rng = np.random.default_rng(370)
angle = rng.uniform(0, 2 * np.pi, 400)
inner = rng.random(400) < 0.5
radius = np.where(inner, rng.uniform(0, 0.7, 400), rng.uniform(1.0, 1.5, 400))
points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).astype("float32")
label = inner.astype("float32")[:, None]

model = tf.keras.Sequential([
    tf.keras.Input((2,)),
    tf.keras.layers.Dense(32),
    tf.keras.layers.Dense(16),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(0.01)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = bce(y, logits)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss, tf.reduce_mean(tf.cast((logits > 0) == (y > 0.5), tf.float32))


for epoch in range(30):
    for i in range(0, 400, 80):
        loss, accuracy = step(tf.constant(points[i:i + 80]), tf.constant(label[i:i + 80]))
    if epoch % 5 == 0:
        print(f"epoch {epoch} loss {float(loss):.4f} accuracy {float(accuracy):.3f}")
