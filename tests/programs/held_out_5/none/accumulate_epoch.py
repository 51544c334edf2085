# fault: none
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)
X = rng.normal(size=(640, 10)).astype("float32")
Y = (np.sin(X[:, :1]) + X[:, 1:2] * 0.5).astype("float32")
ACCUM = 4

model = keras.Sequential([keras.Input((10,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(0.01)
buffers = [tf.Variable(tf.zeros_like(v), trainable=False) for v in model.trainable_variables]


@tf.function
def accumulate(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y)) / ACCUM
    for b, g in zip(buffers, tape.gradient(loss, model.trainable_variables)):
        b.assign_add(g)
    return loss * ACCUM


@tf.function
def flush():
    opt.apply_gradients(zip([b.read_value() for b in buffers], model.trainable_variables))
    for b in buffers:
        b.assign(tf.zeros_like(b))


micro = 0
for epoch in range(30):
    ls = []
    for k in rng.permutation(20):
        ls.append(float(accumulate(tf.constant(X[k * 32:(k + 1) * 32]), tf.constant(Y[k * 32:(k + 1) * 32]))))
        micro += 1
        if micro % ACCUM == 0:
            flush()
    if epoch % 6 == 5:
        print("epoch", epoch + 1, np.mean(ls))
