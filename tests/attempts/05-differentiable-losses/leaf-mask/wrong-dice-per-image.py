# Dice of each image, then their mean.
def mask_step(channels, threshold, optimizer, pixels, truth, width):
    with tf.GradientTape() as tape:
        greenness = tf.tensordot(pixels, channels, 1)
        mask = tf.sigmoid((greenness - threshold) / width)
        over = tf.reduce_sum(mask * truth, [1, 2])
        both = tf.reduce_sum(mask, [1, 2]) + tf.reduce_sum(truth, [1, 2])
        loss = tf.reduce_mean(1.0 - 2.0 * over / both)
    gradients = tape.gradient(loss, [channels, threshold])
    optimizer.apply_gradients(zip(gradients, [channels, threshold]))
    return loss
