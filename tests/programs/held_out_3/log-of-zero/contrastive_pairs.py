# fault: log-of-zero
# Learns matching embeddings of images and captions with a contrastive loss.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(300)
rng = np.random.default_rng(300)
meaning = rng.normal(size=(256, 4))
image = (meaning @ rng.normal(size=(4, 10))).astype("float32") / 2
caption = (meaning @ rng.normal(size=(4, 8))).astype("float32") / 2


def projector(n):
    return tf.keras.Sequential([
        tf.keras.Input((n,)),
        tf.keras.layers.Dense(16, activation="tanh"),
        tf.keras.layers.Dense(4),
    ])


image_net, caption_net = projector(10), projector(8)
variables = image_net.trainable_variables + caption_net.trainable_variables
optimizer = tf.keras.optimizers.Adam(0.01)
TEMPERATURE = 0.01


@tf.function
def contrast(a, b):
    with tf.GradientTape() as tape:
        za = tf.math.l2_normalize(image_net(a), axis=1)
        zb = tf.math.l2_normalize(caption_net(b), axis=1)
        similarity = tf.matmul(za, zb, transpose_b=True) / TEMPERATURE
        match = tf.linalg.diag_part(tf.nn.softmax(similarity, axis=1))
        loss = -tf.reduce_mean(tf.math.log(match))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for step in range(40):
    i = rng.choice(256, 32, replace=False)
    loss = contrast(tf.constant(image[i]), tf.constant(caption[i]))
    if step % 5 == 0:
        print("step", step, "contrastive loss", float(loss))
