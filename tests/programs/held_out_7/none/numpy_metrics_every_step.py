# fault: none
# All the reporting is NumPy: hard predictions, rounding, argmax, F1 -- none of it enters the loss
import numpy as np
import tensorflow as tf

np.random.seed(208)
tf.random.set_seed(208)
C = 3
X = np.random.randn(900, 10).astype(np.float32)
proj = np.random.randn(10, C)
labels = np.argmax(np.tanh(X @ proj) + 0.3 * np.random.randn(900, C), axis=1)


def glorot(i, o):
    a = np.sqrt(6 / (i + o))
    return np.random.uniform(-a, a, (i, o)).astype(np.float32)


W1, b1 = tf.Variable(glorot(10, 24)), tf.Variable(np.zeros(24, np.float32))
W2, b2 = tf.Variable(glorot(24, C)), tf.Variable(np.zeros(C, np.float32))
theta = [W1, b1, W2, b2]
opt = tf.keras.optimizers.RMSprop(3e-3)


def logits_of(x):
    return tf.matmul(tf.nn.elu(tf.matmul(x, W1) + b1), W2) + b2


def macro_f1(true, pred):
    f = []
    for c in range(C):
        tp = np.sum((true == c) & (pred == c))
        f.append(2 * tp / max(1, np.sum(true == c) + np.sum(pred == c)))
    return float(np.mean(f))


log = []
for step in range(90):
    idx = np.random.choice(800, 64, replace=False)
    with tf.GradientTape() as tape:
        z = logits_of(X[idx])
        hard = np.argmax(z.numpy(), axis=1)                   # report only
        confidence = float(tf.round(100 * tf.reduce_max(tf.nn.softmax(z)))) / 100
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels[idx], z))
    opt.apply_gradients(zip(tape.gradient(loss, theta), theta))
    log.append((loss.numpy(), macro_f1(labels[idx], hard), confidence))
    if step % 15 == 14:
        print("step %d loss %.3f f1 %.3f max p %.2f" % ((step + 1,) + tuple(np.mean(log[-15:], axis=0))))
test = np.argmax(logits_of(X[800:]).numpy(), axis=1)
print("test f1", macro_f1(labels[800:], test))
