# fault: none
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
class AC(keras.Model):
    def __init__(self):
        super().__init__()
        self.h = keras.layers.Dense(16, activation="tanh")
        self.p = keras.layers.Dense(2)
        self.v = keras.layers.Dense(1)
    def call(self, s):
        h = self.h(s)
        return self.p(h), self.v(h)
m = AC()
opt = keras.optimizers.Adam(0.01)
for i in range(15):
    s = tf.random.normal((32, 3))
    with tf.GradientTape() as tape:
        logits, v = m(s)
        a = tf.random.categorical(logits, 1)[:, 0]
        r = tf.cast(tf.equal(a, tf.cast(s[:, 0] > 0, tf.int64)), tf.float32)
        adv = r - v[:, 0]
        lp = -tf.nn.sparse_softmax_cross_entropy_with_logits(labels=a, logits=logits)
        loss = -tf.reduce_mean(lp * tf.stop_gradient(adv)) + 0.5 * tf.reduce_mean(adv ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, m.trainable_variables), m.trainable_variables))
