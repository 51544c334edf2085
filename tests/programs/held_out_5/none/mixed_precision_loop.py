# fault: none
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(11)
keras.mixed_precision.set_global_policy("mixed_float16")
rng = np.random.default_rng(11)
X = rng.normal(size=(512, 16)).astype("float32")
Y = np.tanh(X[:, :1] + X[:, 1:2] - X[:, 2:3]).astype("float32")

model = keras.Sequential([
    keras.Input((16,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1, dtype="float32"),
])
opt = keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam(0.005), initial_scale=1024.0)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        pred = model(x, training=True)
        loss = tf.reduce_mean(tf.square(pred - y))
        scaled = opt.scale_loss(loss)
    grads = tape.gradient(scaled, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(20):
    ls = [float(train_step(tf.constant(X[k:k + 64]), tf.constant(Y[k:k + 64]))) for k in range(0, 512, 64)]
    if epoch % 4 == 3:
        print(epoch + 1, "mse", np.mean(ls))
