# fault: none
# physics-informed network for the oscillator u'' = -u with nested tapes and a tf.Module
import numpy as np
import tensorflow as tf

tf.random.set_seed(118)


class Field(tf.Module):
    def __init__(self, width=20):
        super().__init__()
        sizes = [1, width, width, 1]
        self.w = [tf.Variable(tf.random.normal((a, b), stddev=(2 / (a + b)) ** 0.5)) for a, b in zip(sizes, sizes[1:])]
        self.b = [tf.Variable(tf.zeros(b)) for b in sizes[1:]]

    def __call__(self, t):
        for w, b in zip(self.w[:-1], self.b[:-1]):
            t = tf.tanh(t @ w + b)
        return t @ self.w[-1] + self.b[-1]


field = Field()
opt = tf.keras.optimizers.Adam(tf.keras.optimizers.schedules.ExponentialDecay(8e-3, 100, 0.8))
zero = tf.zeros((1, 1))


def derivatives(t):
    with tf.GradientTape() as outer:
        outer.watch(t)
        with tf.GradientTape() as inner:
            inner.watch(t)
            u = field(t)
        du = inner.gradient(u, t)
    return u, du, outer.gradient(du, t)


@tf.function
def step(t):
    with tf.GradientTape() as tape:
        u, _, d2u = derivatives(t)
        u0, du0, _ = derivatives(zero)
        physics = tf.reduce_mean(tf.square(d2u + u))
        start = tf.reduce_sum(tf.square(u0 - 1.0)) + tf.reduce_sum(tf.square(du0))
        loss = physics + 5.0 * start
    grads = tape.gradient(loss, field.trainable_variables)
    opt.apply_gradients((g, v) for g, v in zip(grads, field.trainable_variables) if g is not None)
    return physics, start


for i in range(300):
    physics, start = step(tf.random.uniform((64, 1), 0.0, 3.0))
    if i % 60 == 0:
        print(i, "physics", float(physics), "start", float(start))
