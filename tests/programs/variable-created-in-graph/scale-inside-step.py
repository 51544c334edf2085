# fault: variable-created-in-graph
"""Linear model with a learnable output scale; the training step is compiled for speed."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(52)
rng = np.random.default_rng(52)
X = rng.normal(size=(100, 3)).astype("float32")
y = (4.0 * np.tanh(X @ np.array([[1.0], [0.5], [-1.0]]))).astype("float32")

w = tf.Variable(tf.random.normal((3, 1), stddev=0.2), name="w")
optimizer = tf.keras.optimizers.SGD(0.05)


@tf.function
def train_step(inputs, targets):
    scale = tf.Variable(1.0, name="scale")
    with tf.GradientTape() as tape:
        prediction = scale * tf.tanh(inputs @ w)
        loss = tf.reduce_mean(tf.square(targets - prediction))
    grads = tape.gradient(loss, [w, scale])
    optimizer.apply_gradients(zip(grads, [w, scale]))
    return loss


for step in range(30):
    print(step, train_step(X, y).numpy())
