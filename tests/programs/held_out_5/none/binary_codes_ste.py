# fault: none
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)
protos = rng.normal(size=(16, 24))
data = (protos[rng.integers(0, 16, 1000)] + 0.1 * rng.normal(size=(1000, 24))).astype("float32")

enc = keras.Sequential([keras.Input((24,)), keras.layers.Dense(32, activation="tanh"), keras.layers.Dense(8, activation="tanh")])
dec = keras.Sequential([keras.Input((8,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(24)])
opt = keras.optimizers.Adam(0.005)
variables = enc.trainable_variables + dec.trainable_variables


def binarise(z):
    bits = tf.where(z > 0, 1.0, -1.0)
    return z + tf.stop_gradient(bits - z)


@tf.function
def step(x):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(dec(binarise(enc(x))) - x))
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for epoch in range(30):
    ls = [float(step(tf.constant(b))) for b in np.split(data[rng.permutation(1000)], 10)]
    if epoch % 5 == 4:
        print(epoch + 1, "mse", np.mean(ls))
codes = np.unique(np.sign(enc(data).numpy()), axis=0)
print("distinct codes", len(codes))
