# fault: clipped-to-nothing
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(38)
rng = np.random.default_rng(38)
steps_ = np.arange(1200)
wave = np.sin(steps_ / 9.0) * np.cos(steps_ / 31.0)
X = np.stack([wave[i:i + 16] for i in range(1150)]).astype("float32")
Y = wave[16:1166].astype("float32")[:, None]

net = keras.Sequential([
    keras.Input((16,)),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(1),
])
opt = keras.optimizers.SGD(0.05, momentum=0.9)
CLIP = 1e-6


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(x, training=True) - y))
    grads = tape.gradient(loss, net.trainable_variables)
    grads, norm = tf.clip_by_global_norm(grads, CLIP)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss, norm


for it in range(300):
    b = rng.integers(0, 1150, 64)
    loss, norm = step(tf.constant(X[b]), tf.constant(Y[b]))
    if it % 60 == 0:
        print(f"{it:4d} mse {float(loss):.4f} gradient norm {float(norm):.3f}")
print("final", float(tf.reduce_mean(tf.square(net(X) - Y))))
