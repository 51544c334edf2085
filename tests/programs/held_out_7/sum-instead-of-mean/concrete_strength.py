# fault: sum-instead-of-mean
"""Concrete strength from the recipe (synthetic), full-batch gradient descent."""
import numpy as np
import tensorflow as tf

np.random.seed(37)
tf.random.set_seed(37)

N = 512
recipe = np.random.uniform(0.0, 1.0, (N, 5))
cement, water, slag, sand, age = recipe.T
strength = 30 * cement / (0.4 + water) + 8 * slag + 10 * np.log1p(5 * age) + np.random.randn(N)

X = ((recipe - recipe.mean(0)) / recipe.std(0)).astype("float32")
t = ((strength - strength.mean()) / strength.std()).astype("float32").reshape(-1, 1)


class MLP(tf.Module):
    def __init__(self, sizes):
        super().__init__()
        self.weights, self.biases = [], []
        for k, (a, b) in enumerate(zip(sizes[:-1], sizes[1:])):
            s = float(np.sqrt(1.0 / a))
            self.weights.append(tf.Variable(tf.random.normal((a, b), stddev=s, seed=k), name=f"w{k}"))
            self.biases.append(tf.Variable(tf.zeros(b), name=f"b{k}"))

    def __call__(self, x):
        for w, b in zip(self.weights[:-1], self.biases[:-1]):
            x = tf.tanh(x @ w + b)
        return x @ self.weights[-1] + self.biases[-1]


net = MLP([5, 20, 1])
variables = net.trainable_variables
opt = tf.keras.optimizers.SGD(learning_rate=0.05)
opt.build(variables)


@tf.function
def epoch_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(net(x) - y))
    grads = tape.gradient(loss, variables)
    opt.apply_gradients(zip(grads, variables))
    return loss


for epoch in range(120):
    loss = epoch_step(X, t)
    if epoch % 20 == 0 or epoch < 3:
        print(f"epoch {epoch:3d} loss {float(loss):.4g}")
