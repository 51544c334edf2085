# fault: numpy-in-graph
import numpy as np
import tensorflow as tf
import keras

np.random.seed(59)
keras.utils.set_random_seed(59)
vol = np.abs(np.random.randn(600, 4)).astype("float32") + 0.1
ret = (np.log(vol[:, :1]) - 0.5 * np.log(vol[:, 1:2])).astype("float32")

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
opt = keras.optimizers.Adam(0.01)


@tf.function
def train_step(v, r):
    with tf.GradientTape() as tape:
        pred = model(np.log(v), training=True)
        loss = tf.reduce_mean(tf.square(pred - r))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((vol, ret)).batch(60)
for epoch in range(10):
    for v, r in data:
        loss = train_step(v, r)
    print("epoch", epoch, "loss", float(loss))
