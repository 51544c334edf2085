# fault: none
# Accumulates the gradients of four small batches in variables before every update.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(505)
rng = np.random.default_rng(505)
x = rng.normal(size=(320, 6)).astype("float32")
y = ((x[:, 0] - x[:, 1] * 2 + 0.5 * x[:, 2]) > 0).astype("int32")

model = tf.keras.Sequential([
    tf.keras.Input((6,)),
    tf.keras.layers.Dense(12, activation="relu"),
    tf.keras.layers.Dense(2),
])
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.02)
slots = [tf.Variable(tf.zeros(v.shape), trainable=False) for v in model.trainable_variables]
ACCUMULATE = 4


@tf.function
def accumulate(xb, yb):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb, training=True)) / ACCUMULATE
    for slot, g in zip(slots, tape.gradient(loss, model.trainable_variables)):
        slot.assign_add(g)
    return loss


total = 0.0
for i in range(160):
    rows = rng.integers(0, 320, 16)
    total += float(accumulate(tf.constant(x[rows]), tf.constant(y[rows])))
    if (i + 1) % ACCUMULATE == 0:
        optimizer.apply_gradients(zip(slots, model.trainable_variables))
        for slot in slots:
            slot.assign(tf.zeros_like(slot))
        if (i + 1) % 40 == 0:
            print("updates", (i + 1) // ACCUMULATE, "loss", round(total, 4))
        total = 0.0
