# fault: none
# Wide and deep model whose two parts have their own optimizer and share one persistent tape.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(506)
rng = np.random.default_rng(506)
x = rng.normal(size=(300, 5)).astype("float32")
y = (x[:, :1] * 2 + np.sin(2 * x[:, 1:2])).astype("float32")

wide = tf.keras.Sequential([tf.keras.Input((5,)), tf.keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")])
deep = tf.keras.Sequential([tf.keras.Input((5,)), tf.keras.layers.Dense(16, activation="tanh"), tf.keras.layers.Dense(1)])
wide_opt = tf.keras.optimizers.SGD(0.1)
deep_opt = tf.keras.optimizers.Adam(0.02)

for step in range(48):
    rows = rng.integers(0, 300, 50)
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(wide(x[rows]) + deep(x[rows]) - y[rows]))
    wide_grads = tape.gradient(loss, wide.trainable_variables)
    deep_grads = tape.gradient(loss, deep.trainable_variables)
    del tape
    wide_opt.apply_gradients(zip(wide_grads, wide.trainable_variables))
    deep_opt.apply_gradients(zip(deep_grads, deep.trainable_variables))
    if step % 12 == 0:
        print("step", step, "loss", float(loss))
print("last loss", float(loss))
