# fault: dead-relu
# rare-event detector; the prior probability is put into the biases at the start
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(85)
PRIOR = 0.01
N = 1600
X = np.random.uniform(-1, 1, (N, 10)).astype("float32")
score = X[:, 0] + X[:, 1] * X[:, 2]
y = (score > np.quantile(score, 0.9)).astype("float32")[:, None]

prior_bias = keras.initializers.Constant(np.log(PRIOR / (1 - PRIOR)))


def block(units, activation=None):
    return keras.layers.Dense(units, activation=activation, kernel_initializer="glorot_uniform", bias_initializer=prior_bias)


detector = keras.Sequential([keras.Input((10,)), block(32, "relu"), block(16, "relu"), block(1)])
loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(1e-3)

batches = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(N, seed=85).batch(80).repeat(4)
for k, (xb, yb) in enumerate(batches):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, detector(xb, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, detector.trainable_variables), detector.trainable_variables))
    if k % 30 == 0:
        print(k, float(loss))
