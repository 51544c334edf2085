# fault: none
# Two regression tasks balanced by learned uncertainties in a hand-written loop.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(513)
rng = np.random.default_rng(513)
x = rng.normal(size=(300, 5)).astype("float32")
y1 = (x[:, :1] + 0.1 * rng.normal(size=(300, 1))).astype("float32")
y2 = (3 * x[:, 1:2] + 1.0 * rng.normal(size=(300, 1))).astype("float32")

inp = tf.keras.Input((5,))
h = tf.keras.layers.Dense(16, activation="elu")(inp)
model = tf.keras.Model(inp, [tf.keras.layers.Dense(1)(h), tf.keras.layers.Dense(1)(h)])
s = tf.Variable([0.0, 0.0], name="log_variances")
params = model.trainable_variables + [s]
opt = tf.keras.optimizers.Adam(0.02)


@tf.function
def train(xb, a, b):
    with tf.GradientTape() as tape:
        p, q = model(xb, training=True)
        errors = tf.stack([tf.reduce_mean(tf.square(p - a)), tf.reduce_mean(tf.square(q - b))])
        loss = tf.reduce_sum(tf.exp(-s) * errors + s)
    opt.apply_gradients(zip(tape.gradient(loss, params), params))
    return loss, errors


for i in range(150):
    rows = rng.integers(0, 300, 64)
    loss, errors = train(tf.constant(x[rows]), tf.constant(y1[rows]), tf.constant(y2[rows]))
    if i % 25 == 0:
        print(f"step {i} loss {float(loss):.3f} errors {errors.numpy().round(3)} s {s.numpy().round(3)}")
