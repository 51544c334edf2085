# fault: broadcast-loss
"""Linear regression with TensorFlow variables on 100 samples with 3 features."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(104)
rng = np.random.default_rng(104)
X = rng.normal(size=(100, 3)).astype("float32")
y = (X @ np.array([1.0, -2.0, 0.5]) + 3.0 + 0.1 * rng.normal(size=100)).astype("float32")

W = tf.Variable(tf.random.normal([3, 1], stddev=0.5))
b = tf.Variable(tf.zeros([1]))


def model(x):
    return tf.matmul(x, W) + b


def mean_squared_error(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_true - y_pred))


optimizer = tf.keras.optimizers.SGD(0.1)
for epoch in range(60):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(X))
    grads = tape.gradient(loss, [W, b])
    optimizer.apply_gradients(zip(grads, [W, b]))
    if epoch % 10 == 0:
        print("epoch", epoch, "loss", loss.numpy())
print("W", W.numpy().ravel(), "b", b.numpy())
