# fault: unwatched-tensor
# Fits a heteroscedastic Gaussian likelihood with weights kept in a plain pytree, the way the JAX version did.
import numpy as np
import tensorflow as tf

tf.random.set_seed(0)
rng = np.random.default_rng(0)

dose = rng.uniform(-1, 1, size=(200, 3)).astype(np.float32)
response = (dose @ np.array([[1.0], [-2.0], [0.7]], np.float32)
            + 0.15 * rng.normal(size=(200, 1)).astype(np.float32))


def init_params():
    return {
        "mean": {
            "w1": tf.random.normal((3, 16), stddev=0.5),
            "b1": tf.zeros((16,)),
            "w2": tf.random.normal((16, 1), stddev=0.25),
            "b2": tf.zeros((1,)),
        },
        "noise": {"log_sigma": tf.ones((1,))},
    }


def predict(mean, x):
    return tf.tanh(x @ mean["w1"] + mean["b1"]) @ mean["w2"] + mean["b2"]


def negative_log_likelihood(params, x, y):
    log_sigma = params["noise"]["log_sigma"]
    z = (y - predict(params["mean"], x)) * tf.exp(-log_sigma)
    return tf.reduce_mean(0.5 * tf.square(z) + log_sigma)


def value_and_grad(params, x, y):
    with tf.GradientTape() as tape:
        for leaf in tf.nest.flatten(params["mean"]):
            tape.watch(leaf)
        nll = negative_log_likelihood(params, x, y)
    return nll, tape.gradient(nll, params, unconnected_gradients=tf.UnconnectedGradients.ZERO)


params = init_params()
rate = 0.5
for step in range(40):
    nll, grads = value_and_grad(params, dose, response)
    params = tf.nest.map_structure(lambda p, g: p - rate * g, params, grads)
    if step % 8 == 0:
        sigma = float(tf.exp(params["noise"]["log_sigma"])[0])
        print(f"step {step:3d}  nll {float(nll):.4f}  sigma {sigma:.3f}")

residual = response - predict(params["mean"], dose)
print("std of the residuals:", float(tf.math.reduce_std(residual)))
