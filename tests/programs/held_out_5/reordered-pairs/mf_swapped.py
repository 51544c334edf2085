# fault: reordered-pairs
"""Matrix factorisation of a student x exercise score table."""
import numpy as np
import tensorflow as tf
import keras

rng = np.random.default_rng(77)
n, rank = 40, 3
A, B = rng.normal(size=(n, rank)), rng.normal(size=(n, rank))
table = (A @ B.T).astype("float32")
rows, cols = [i.ravel() for i in np.meshgrid(np.arange(n), np.arange(n), indexing="ij")]
scores = table[rows, cols]


class Factors(tf.Module):
    def __init__(self):
        super().__init__()
        self.student = tf.Variable(0.5 * rng.normal(size=(n, rank)).astype("float32"))
        self.exercise = tf.Variable(0.5 * rng.normal(size=(n, rank)).astype("float32"))

    def predict(self, r, c):
        return tf.reduce_sum(tf.gather(self.student, r) * tf.gather(self.exercise, c), axis=1)


model = Factors()
opt = keras.optimizers.SGD(1.0, momentum=0.5)
opt.build([model.exercise, model.student])


def train_batch(r, c, s):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model.predict(r, c) - s))
    grads = tape.gradient(loss, [model.student, model.exercise])
    opt.apply_gradients(zip(grads, [model.exercise, model.student]))
    return float(loss)


for epoch in range(20):
    perm = rng.permutation(len(rows))
    ls = [train_batch(rows[p], cols[p], scores[p]) for p in np.split(perm, 10)]
    if epoch % 4 == 3:
        print(f"epoch {epoch + 1} mse {np.mean(ls):.3f}  (table variance {table.var():.3f})")
