# fault: unbounded-loss-parameter
"""Ridge-like regression: the strength of the output penalty is learned along with the model."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)
x = rng.normal(size=(100, 6)).astype("float32")
y = (x @ rng.normal(size=(6, 1)) + 0.1).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input((6,)),
    tf.keras.layers.Dense(12, activation="relu"),
    tf.keras.layers.Dense(1),
])
alpha = tf.Variable(1.0, name="alpha")
optimizer = tf.keras.optimizers.Adam(0.05)
params = model.trainable_variables + [alpha]

for step in range(36):
    with tf.GradientTape() as tape:
        pred = model(x, training=True)
        mse = tf.reduce_mean(tf.square(y - pred))
        loss = mse + alpha * tf.reduce_mean(tf.square(pred))
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients(zip(grads, params))
    if step % 5 == 0:
        print(f"{step:3d} loss {float(loss):9.4f} mse {float(mse):9.4f} alpha {float(alpha):7.4f}")
