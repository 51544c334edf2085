# fault: loss-parameter-missing
"""Multi-task network: one head regresses, the other classifies, and the
balance between both losses is learned (homoscedastic uncertainty)."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(11)
gen = np.random.default_rng(11)
X = gen.normal(size=(200, 8)).astype(np.float32)
depth = (X[:, :3].sum(axis=1, keepdims=True) * 1.5).astype(np.float32)
label = (X[:, 3] - X[:, 4] > 0).astype(np.int32)

inp = tf.keras.Input(shape=(8,))
h = tf.keras.layers.Dense(24, activation="relu")(inp)
depth_out = tf.keras.layers.Dense(1, name="depth")(h)
class_out = tf.keras.layers.Dense(2, name="label")(h)
net = tf.keras.Model(inp, [depth_out, class_out])

s_depth = tf.Variable(0.0, name="s_depth")
s_class = tf.Variable(0.0, name="s_class")
xent = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(0.01)

for it in range(24):
    with tf.GradientTape() as tape:
        d, c = net(X, training=True)
        loss_d = tf.reduce_mean(tf.square(depth - d))
        loss_c = xent(label, c)
        total = (tf.exp(-s_depth) * loss_d + s_depth
                 + tf.exp(-s_class) * loss_c + s_class)
    grads = tape.gradient(total, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    if it % 6 == 0:
        print(it, float(total), float(loss_d), float(loss_c))
print("task weights", float(tf.exp(-s_depth)), float(tf.exp(-s_class)))
