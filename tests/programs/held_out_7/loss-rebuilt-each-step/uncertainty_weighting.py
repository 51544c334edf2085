# fault: loss-rebuilt-each-step
# Homoscedastic uncertainty weighting (Kendall et al.) of two regression tasks of unequal noise.
import numpy as np
import tensorflow as tf

np.random.seed(44)
tf.keras.utils.set_random_seed(44)
x = np.random.randn(800, 6).astype(np.float32)
task1 = (x[:, :1] - x[:, 1:2] + 0.1 * np.random.randn(800, 1)).astype(np.float32)
task2 = (np.tanh(x[:, 2:3] * x[:, 3:4]) + 0.8 * np.random.randn(800, 1)).astype(np.float32)


class UncertaintyLoss(tf.Module):
    def __init__(self):
        super().__init__()
        self.s1 = tf.Variable(0.0, name="log_var_1")
        self.s2 = tf.Variable(0.0, name="log_var_2")

    def __call__(self, t1, p1, t2, p2):
        l1 = tf.reduce_mean(tf.square(t1 - p1))
        l2 = tf.reduce_mean(tf.square(t2 - p2))
        return 0.5 * (tf.exp(-self.s1) * l1 + self.s1 + tf.exp(-self.s2) * l2 + self.s2), l1, l2


inp = tf.keras.Input((6,))
h = tf.keras.layers.Dense(32, activation="relu")(inp)
model = tf.keras.Model(inp, [tf.keras.layers.Dense(1)(h), tf.keras.layers.Dense(1)(h)])
opt = tf.keras.optimizers.Adam(5e-3)
LOSS_LR = 0.05


def train_batch(xb, b1, b2):
    criterion = UncertaintyLoss()
    with tf.GradientTape(persistent=True) as tape:
        p1, p2 = model(xb, training=True)
        loss, l1, l2 = criterion(b1, p1, b2, p2)
    net_grads = tape.gradient(loss, model.trainable_variables)
    crit_grads = tape.gradient(loss, criterion.trainable_variables)
    del tape
    opt.apply_gradients(zip(net_grads, model.trainable_variables))
    for v, g in zip(criterion.trainable_variables, crit_grads):
        v.assign_sub(LOSS_LR * g)
    return criterion, float(l1), float(l2)


for epoch in range(10):
    perm = np.random.permutation(800)
    for i in range(0, 800, 100):
        j = perm[i:i + 100]
        criterion, l1, l2 = train_batch(x[j], task1[j], task2[j])
    print(f"epoch {epoch + 1} task1 {l1:.3f} task2 {l2:.3f} "
          f"s1 {float(criterion.s1):+.3f} s2 {float(criterion.s2):+.3f}")
