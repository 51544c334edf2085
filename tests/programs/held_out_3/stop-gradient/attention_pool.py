# fault: stop-gradient
# Pools word vectors with learned attention to predict how positive a review is.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(17)
reviews = rng.normal(size=(256, 9, 6)).astype("float32")
is_important = reviews[:, :, 0] > 0.8
rating = np.sum(reviews[:, :, 1] * is_important, axis=1) / np.maximum(is_important.sum(axis=1), 1)
rating = rating[:, None].astype("float32")


class AttentionPool(tf.Module):
    def __init__(self, size):
        super().__init__()
        init = tf.random_normal_initializer(stddev=0.3, seed=17)
        self.query = tf.Variable(init((size, 1)), name="query")
        self.value = tf.Variable(init((size, size)), name="value")
        self.out = tf.Variable(init((size, 1)), name="out")
        self.bias = tf.Variable(tf.zeros(1), name="bias")

    def __call__(self, words):
        scores = tf.squeeze(words @ self.query, -1)
        attention = tf.stop_gradient(tf.nn.softmax(scores, axis=1))
        values = words @ self.value
        pooled = tf.reduce_sum(values * attention[:, :, None], axis=1)
        return pooled @ self.out + self.bias


pool = AttentionPool(6)
optimizer = tf.keras.optimizers.Adam(0.03)
for epoch in range(40):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(pool(reviews) - rating))
    grads = tape.gradient(loss, pool.trainable_variables)
    optimizer.apply_gradients(zip(grads, pool.trainable_variables))
    if epoch % 8 == 0:
        print(f"{epoch:3d} loss {float(loss):.4f}")
print("variance of the ratings", float(rating.var()))
