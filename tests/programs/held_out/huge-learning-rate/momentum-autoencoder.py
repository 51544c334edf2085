# fault: huge-learning-rate
"""Linear autoencoder with tied weights for compressing correlated signals, momentum SGD."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(23)
rng = np.random.default_rng(23)
signals = (rng.normal(size=(160, 3)) @ rng.normal(size=(3, 9))).astype("float32")
signals = (signals - signals.mean(0)) / signals.std(0)

encoder = tf.Variable(tf.random.normal([9, 3], stddev=0.3), name="encoder")
center = tf.Variable(tf.zeros([9]), name="center")
optimizer = tf.keras.optimizers.SGD(learning_rate=3.0, momentum=0.9)
parameters = [encoder, center]


@tf.function
def train_batch(batch):
    with tf.GradientTape() as tape:
        code = (batch - center) @ encoder
        rebuilt = code @ tf.transpose(encoder) + center
        loss = tf.reduce_mean(tf.reduce_mean((rebuilt - batch) ** 2, axis=1))
    optimizer.apply_gradients(zip(tape.gradient(loss, parameters), parameters))
    return loss


for epoch in range(6):
    order = rng.permutation(160)
    for chunk in np.split(order, 5):
        current = train_batch(tf.constant(signals[chunk]))
    print("epoch", epoch, "loss", current.numpy())
