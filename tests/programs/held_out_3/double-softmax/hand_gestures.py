# fault: double-softmax
# Classifies six hand gestures from accelerometer statistics with a functional model.
import numpy as np
import tensorflow as tf

tf.random.set_seed(140)
rng = np.random.default_rng(140)
gesture_means = rng.normal(scale=1.2, size=(6, 12))
gesture = rng.integers(0, 6, 600)
stats = (gesture_means[gesture] + rng.normal(scale=0.7, size=(600, 12))).astype("float32")

inputs = tf.keras.Input((12,))
h = tf.keras.layers.Dense(32, activation="relu")(inputs)
probabilities = tf.keras.layers.Dense(6, activation="softmax")(h)
model = tf.keras.Model(inputs, probabilities)
opt = tf.keras.optimizers.SGD(0.1, momentum=0.9)


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        out = model(x, training=True)
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=out))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss, tf.reduce_max(out, axis=1)


for step in range(100):
    idx = rng.integers(0, 600, 64)
    loss, confidence = train(tf.constant(stats[idx]), tf.constant(gesture[idx]))
    if step % 10 == 0:
        print(f"step {step:3d} loss {float(loss):.4f} mean confidence {float(tf.reduce_mean(confidence)):.3f}")
