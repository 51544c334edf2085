# fault: tiny-learning-rate
import numpy as np
import tensorflow as tf
import keras

np.random.seed(5)
keras.utils.set_random_seed(5)
N, D, STEPS = 2000, 12, 400
X = np.random.randn(N, D).astype("float32")
beta = np.random.randn(D, 1)
churn = (X @ beta + 0.3 * np.random.randn(N, 1) > 0).astype("float32")

model = keras.Sequential([
    keras.Input((D,)),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(1),
])
eta = 0.1 / (N * STEPS)
optimizer = keras.optimizers.SGD(eta)
loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for i in range(STEPS):
    pick = np.random.randint(0, N, 128)
    loss = step(tf.constant(X[pick]), tf.constant(churn[pick]))
    if i % 80 == 0:
        print("step", i, "log loss", float(loss))
print("final log loss", float(loss_fn(churn, model(X))))
