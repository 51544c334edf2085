# fault: py-function-barrier
"""Feature gating: every input column has a gate strength, squashed to (0, 1),
in front of a linear classifier. Subclassed model, custom loop."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)
X = rng.normal(size=(300, 8)).astype("float32")
Y = (X[:, 1] - X[:, 4] > 0).astype("float32").reshape(-1, 1)


def squash(strength):
    s = strength.numpy()
    return tf.constant(1.0 / (1.0 + np.exp(-s)), dtype=tf.float32)


class GatedClassifier(tf.keras.Model):
    def __init__(self, n_features):
        super().__init__()
        self.strength = self.add_weight(name="strength", shape=(n_features,), initializer="zeros")
        self.dense = tf.keras.layers.Dense(1)

    def call(self, inputs):
        gate = tf.py_function(squash, [tf.convert_to_tensor(self.strength)], tf.float32)
        gate = tf.ensure_shape(gate, self.strength.shape)
        return self.dense(inputs * gate)


net = GatedClassifier(8)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(0.03)

for step in range(40):
    rows = rng.integers(0, 300, 50)
    with tf.GradientTape() as tape:
        loss = bce(Y[rows], net(X[rows]))
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    if step % 10 == 0:
        print(f"step {step}: {loss.numpy():.4f}")
print("gates:", tf.sigmoid(net.strength).numpy().round(3))
