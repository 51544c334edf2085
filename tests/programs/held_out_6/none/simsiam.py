# fault: none
# SimSiam on noisy tabular views: stop-gradient on the target branch, predictor on the other
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(110)
factors = np.random.randn(1000, 4)
X = np.tanh(factors @ np.random.randn(4, 24)).astype("float32")

encoder = keras.Sequential([keras.Input((24,)), keras.layers.Dense(48), keras.layers.BatchNormalization(), keras.layers.ReLU(),
                            keras.layers.Dense(16), keras.layers.BatchNormalization(scale=False, center=False)])
predictor = keras.Sequential([keras.Input((16,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(16)])
opt = keras.optimizers.SGD(0.05, momentum=0.9)


def view(x):
    keep = tf.cast(tf.random.uniform(tf.shape(x)) > 0.2, tf.float32)
    return x * keep + tf.random.normal(tf.shape(x), stddev=0.1)


def distance(p, z):
    z = tf.stop_gradient(z)
    return -tf.reduce_mean(tf.reduce_sum(tf.math.l2_normalize(p, 1) * tf.math.l2_normalize(z, 1), 1))


@tf.function
def step(x):
    with tf.GradientTape() as tape:
        z1, z2 = encoder(view(x), training=True), encoder(view(x), training=True)
        loss = 0.5 * distance(predictor(z1), z2) + 0.5 * distance(predictor(z2), z1)
    variables = encoder.trainable_variables + predictor.trainable_variables
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss, tf.reduce_mean(tf.math.reduce_std(tf.math.l2_normalize(z1, 1), 0))


for i in range(160):
    loss, spread = step(tf.constant(X[np.random.randint(0, 1000, 128)]))
    if i % 32 == 0:
        print(i, "loss", float(loss), "std", float(spread))
