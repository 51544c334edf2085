# fault: unbounded-loss-parameter
# fairness-regularised logistic regression; the strength of the penalty is learned with the weights
import numpy as np
import tensorflow as tf

tf.random.set_seed(18)
data_rng = np.random.default_rng(0)
X = data_rng.normal(size=(600, 30)).astype("float32")
y = (X[:, :5].sum(1) + 0.8 * X[:, 20] + data_rng.normal(size=600) > 0).astype("float32")
group = (X[:, 20] > np.median(X[:, 20])).astype("float32")

w = tf.Variable(tf.zeros((30,)), name="w")
b = tf.Variable(0.0, name="b")
strength = tf.Variable(1.0, name="strength")
opt = tf.keras.optimizers.Adam(0.02)
rng = np.random.default_rng(18)


def gap(p, g):
    on = tf.reduce_sum(p * g) / tf.reduce_sum(g)
    off = tf.reduce_sum(p * (1 - g)) / tf.reduce_sum(1 - g)
    return tf.square(on - off)


for step in range(180):
    r = rng.choice(len(X), 128, replace=False)
    with tf.GradientTape() as tape:
        logits = tf.linalg.matvec(X[r], w) + b
        fit = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y[r], logits=logits))
        loss = fit + strength * gap(tf.sigmoid(logits), tf.constant(group[r]))
    variables = [w, b, strength]
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    if step % 30 == 0:
        print(step, "loss", float(loss), "fit", float(fit), "strength", float(strength))
