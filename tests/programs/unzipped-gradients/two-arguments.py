# fault: unzipped-gradients
# Ordinary least squares with raw TensorFlow variables and the Adam optimizer.
import numpy as np
import tensorflow as tf

tf.random.set_seed(64)
rng = np.random.default_rng(64)
features = rng.normal(size=(120, 4)).astype("float32")
target = (features @ np.array([1.0, -2.0, 3.0, 0.5]) + 4.0).astype("float32")

coef = tf.Variable(tf.zeros([4]), name="coef")
intercept = tf.Variable(0.0, name="intercept")
optimizer = tf.keras.optimizers.Adam(0.1)

for step in range(50):
    with tf.GradientTape() as tape:
        fitted = tf.linalg.matvec(features, coef) + intercept
        loss = tf.reduce_mean(tf.square(fitted - target))
    variables = [coef, intercept]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(gradients, variables)
    if step % 10 == 0:
        print("step", step, "loss", float(loss))
print(coef.numpy(), intercept.numpy())
