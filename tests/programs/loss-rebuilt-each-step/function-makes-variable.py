# fault: loss-rebuilt-each-step
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(793)
rng = np.random.default_rng(793)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
opt = keras.optimizers.Adam(0.01)
def make_loss():
    alpha = tf.Variable(0.5, name="alpha")
    return alpha, lambda t, p: tf.reduce_mean(tf.sigmoid(alpha) * (t - p) ** 2 + (1 - tf.sigmoid(alpha)) * tf.abs(t - p))
for i in range(4):
    alpha, crit = make_loss()
    with tf.GradientTape() as tape:
        loss = crit(y, model(x))
    vs = [*model.trainable_variables, alpha]
    opt.apply_gradients(zip(tape.gradient(loss, vs), vs))
