# What is left above the threshold, by a relu: a path, but another loss.
def mask_step(channels, threshold, optimizer, pixels, truth, width):
    with tf.GradientTape() as tape:
        greenness = tf.tensordot(pixels, channels, 1)
        mask = tf.nn.relu(greenness - threshold)
        loss = 1.0 - 2.0 * tf.reduce_sum(mask * truth) / (tf.reduce_sum(mask) + tf.reduce_sum(truth))
    gradients = tape.gradient(loss, [channels, threshold])
    optimizer.apply_gradients(zip(gradients, [channels, threshold]))
    return loss
