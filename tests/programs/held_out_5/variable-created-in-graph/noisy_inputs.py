# fault: variable-created-in-graph
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(56)
rng = np.random.default_rng(56)
X = rng.normal(size=(640, 7)).astype("float32")
Y = (X[:, :2].sum(1, keepdims=True) > 0).astype("float32")

clf = keras.Sequential([keras.Input((7,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(0.005)
opt.build(clf.trainable_variables)
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train_step(x, y):
    total = tf.Variable(0.0, trainable=False)
    with tf.GradientTape() as tape:
        jitter = x + 0.05 * tf.random.normal(tf.shape(x))
        loss = bce(y, clf(jitter, training=True))
    total.assign_add(loss)
    grads = tape.gradient(loss, clf.trainable_variables)
    opt.apply_gradients(zip(grads, clf.trainable_variables))
    return total


for epoch in range(8):
    for k in range(0, 640, 64):
        loss = train_step(tf.constant(X[k:k + 64]), tf.constant(Y[k:k + 64]))
    print(epoch, float(loss))
