# fault: exhausted-zip
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(842)
rng = np.random.default_rng(842)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
ws = [tf.Variable(tf.random.normal((4, 5))), tf.Variable(tf.random.normal((5, 1)))]
def train():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((tf.nn.relu(x @ ws[0]) @ ws[1] - y) ** 2)
    pairs = zip(ws, tape.gradient(loss, ws))
    norm = sum(float(tf.reduce_sum(g ** 2)) for _, g in pairs) ** 0.5
    scale = min(1.0, 1.0 / norm)
    for w, g in pairs:
        w.assign_sub(0.05 * scale * g)
    return float(loss)
for i in range(8):
    train()
