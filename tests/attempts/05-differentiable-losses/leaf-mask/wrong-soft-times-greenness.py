# The soft gate weights the greenness instead of being the mask.
def mask_step(channels, threshold, optimizer, pixels, truth, width):
    with tf.GradientTape() as tape:
        greenness = tf.tensordot(pixels, channels, 1)
        mask = greenness * tf.sigmoid((greenness - threshold) / width)
        loss = 1.0 - 2.0 * tf.reduce_sum(mask * truth) / (tf.reduce_sum(mask) + tf.reduce_sum(truth))
    gradients = tape.gradient(loss, [channels, threshold])
    optimizer.apply_gradients(zip(gradients, [channels, threshold]))
    return loss
