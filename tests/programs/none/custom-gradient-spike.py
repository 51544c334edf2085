# fault: none
"""Step activation with a surrogate derivative (tf.custom_gradient), as in spiking networks,
inside a two-layer classifier made of raw variables."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(209)
rng = np.random.default_rng(209)
x = tf.constant(rng.normal(size=(240, 4)), tf.float32)
y = tf.cast((x[:, :1] > 0) & (x[:, 1:2] > -0.5), tf.float32)


@tf.custom_gradient
def spike(v):
    out = tf.cast(v > 0.0, v.dtype)

    def backward(upstream):
        return upstream / tf.square(1.0 + 2.0 * tf.abs(v))

    return out, backward


w1 = tf.Variable(tf.random.normal([4, 24], stddev=0.6), name="w1")
b1 = tf.Variable(tf.zeros([24]), name="b1")
w2 = tf.Variable(tf.random.normal([24, 1], stddev=0.3), name="w2")
b2 = tf.Variable(tf.zeros([1]), name="b2")
weights = [w1, b1, w2, b2]
optimizer = tf.keras.optimizers.Adam(0.02)


@tf.function
def train_step():
    with tf.GradientTape() as tape:
        logits = spike(x @ w1 + b1) @ w2 + b2
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits))
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss


for step in range(100):
    loss = train_step()
    if step % 20 == 0:
        print("step", step, "loss", float(loss))
accuracy = np.mean(((spike(x @ w1 + b1) @ w2 + b2).numpy() > 0) == (y.numpy() > 0.5))
print("accuracy", accuracy)
