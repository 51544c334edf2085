# fault: zero-initialised
# A two-layer perceptron from raw variables that learns the energy of a double pendulum.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(330)
state = rng.uniform(-1.5, 1.5, size=(400, 4)).astype("float32")
energy = (np.cos(state[:, :1]) + 0.5 * state[:, 2:3] ** 2 + state[:, 1:2]).astype("float32")

hidden = 20
params = {
    "W1": tf.Variable(tf.zeros((4, hidden))),
    "b1": tf.Variable(tf.zeros(hidden)),
    "W2": tf.Variable(tf.zeros((hidden, 1))),
    "b2": tf.Variable(tf.zeros(1)),
}
order = ["W1", "b1", "W2", "b2"]
opt = tf.keras.optimizers.SGD(0.1, momentum=0.9)


def mlp(x):
    h = tf.tanh(x @ params["W1"] + params["b1"])
    return h @ params["W2"] + params["b2"]


for epoch in range(60):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(mlp(state) - energy))
    variables = [params[k] for k in order]
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    if epoch % 10 == 0:
        print(epoch, "loss", float(loss), "b2", params["b2"].numpy())
print("variance of the energy", energy.var())
