# fault: trained-a-copy
# federated averaging over four clients with different feature noise
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(36)
D, CLIENTS, LOCAL_STEPS, ROUNDS = 10, 4, 5, 10
w_true = np.random.randn(D, 1)


def client_data(k):
    x = np.random.randn(200, D).astype("float32")
    y = np.tanh(x @ w_true) + 0.05 * (k + 1) * np.random.randn(200, 1)
    return x, y.astype("float32")


clients = [client_data(k) for k in range(CLIENTS)]
server = keras.Sequential([keras.Input((D,)), keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(1)])
mse = keras.losses.MeanSquaredError()


def local_update(weights, data):
    local = keras.models.clone_model(server)
    local.set_weights(weights)
    opt = keras.optimizers.SGD(0.05)
    x, y = data
    for _ in range(LOCAL_STEPS):
        rows = np.random.choice(len(x), 50, replace=False)
        with tf.GradientTape() as tape:
            loss = mse(y[rows], local(x[rows]))
        grads = tape.gradient(loss, local.trainable_variables)
        opt.apply_gradients(zip(grads, local.trainable_variables))
    return local


for r in range(ROUNDS):
    locals_ = [local_update(server.get_weights(), data) for data in clients]
    averaged = [np.mean(ws, axis=0) for ws in zip(*[m.get_weights() for m in locals_])]
    for m in locals_:
        m.set_weights(averaged)
    test = np.mean([float(mse(y, server(x))) for x, y in clients])
    print("round", r, "server mse", round(test, 4))
