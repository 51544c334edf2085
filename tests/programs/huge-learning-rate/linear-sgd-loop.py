# fault: huge-learning-rate
"""Least squares with SGD in a plain eager loop."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(2)
rng = np.random.default_rng(2)
X = rng.normal(size=(100, 5)).astype("float32")
true_w = np.array([[1.0], [0.0], [-1.5], [2.0], [0.3]], dtype="float32")
Y = X @ true_w + 0.05 * rng.normal(size=(100, 1)).astype("float32")

layer = tf.keras.layers.Dense(1)
layer.build((None, 5))
optimizer = tf.keras.optimizers.SGD(learning_rate=5.0)

for epoch in range(30):
    with tf.GradientTape() as tape:
        residual = layer(X) - Y
        loss = tf.reduce_mean(residual ** 2)
    gradients = tape.gradient(loss, layer.trainable_variables)
    optimizer.apply_gradients(zip(gradients, layer.trainable_variables))
    if epoch % 3 == 0:
        print(f"epoch {epoch:2d}  loss {loss.numpy():.4g}")
print("learned", layer.kernel.numpy().ravel())
