# fault: exhausted-zip
# Predicts reaction yields and prints the gradient norm of every variable each tenth step.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(13)
rng = np.random.default_rng(13)
conditions = rng.uniform(-1, 1, size=(256, 5)).astype("float32")
reaction_yield = (conditions[:, :1] ** 2 - conditions[:, 1:2] * conditions[:, 2:3]).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.build((None, 5))
optimizer = tf.keras.optimizers.RMSprop(0.005)
data = tf.data.Dataset.from_tensor_slices((conditions, reaction_yield)).shuffle(256, seed=2).batch(32).repeat()

for step, (x, y) in enumerate(data.take(60), start=1):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x) - y))
    grads_and_vars = zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables)

    if step % 10 == 0:
        print(f"--- step {step}, loss {float(loss):.4f}")
        for grad, var in grads_and_vars:
            print(f"    {var.path:24s} {float(tf.norm(grad)):.5f}")

    optimizer.apply_gradients(grads_and_vars)
