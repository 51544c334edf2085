# fault: loss-rebuilt-each-step
# Two regression tasks on shared features, weighted by learned uncertainties, plain SGD by hand.
import numpy as np
import tensorflow as tf

tf.random.set_seed(51)
rng = np.random.default_rng(51)
X = rng.normal(size=(600, 6)).astype("float32")
speed = np.tanh(X[:, :1]) + 0.5 * X[:, 1:2] + 0.05 * rng.normal(size=(600, 1))
torque = X[:, 2:3] * 0.8 - X[:, 3:4] + 1.0 * rng.normal(size=(600, 1))
Y = tf.constant(np.concatenate([speed, torque], 1), tf.float32)


class Net(tf.Module):
    def __init__(self, units=24):
        super().__init__()
        g = tf.keras.initializers.GlorotUniform(seed=5)
        self.w1, self.b1 = tf.Variable(g((6, units))), tf.Variable(tf.zeros(units))
        self.w2, self.b2 = tf.Variable(g((units, 2))), tf.Variable(tf.zeros(2))

    def __call__(self, x):
        return tf.tanh(x @ self.w1 + self.b1) @ self.w2 + self.b2


class UncertaintyLoss(tf.Module):
    def __init__(self, tasks=2):
        super().__init__()
        self.log_var = tf.Variable(tf.zeros(tasks), name="log_var")

    def __call__(self, target, pred):
        per_task = tf.reduce_mean(tf.square(target - pred), axis=0)
        return tf.reduce_sum(0.5 * tf.exp(-self.log_var) * per_task + 0.5 * self.log_var)


def compute_loss(net, x, y):
    criterion = UncertaintyLoss()
    return criterion(y, net(x)), criterion


net, lr = Net(), 0.1
for step in range(200):
    idx = rng.integers(0, 600, 64)
    with tf.GradientTape() as tape:
        loss, criterion = compute_loss(net, X[idx], tf.gather(Y, idx))
    params = list(net.trainable_variables) + list(criterion.trainable_variables)
    for p, g in zip(params, tape.gradient(loss, params)):
        p.assign_sub(lr * g)
    if step % 40 == 0:
        sigma = tf.exp(0.5 * criterion.log_var).numpy()
        print(f"step {step:3d} loss {float(loss):.4f} sigma {sigma.round(3)}")
