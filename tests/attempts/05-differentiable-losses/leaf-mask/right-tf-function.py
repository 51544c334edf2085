@tf.function
def soft_dice(channels, threshold, pixels, truth, width):
    mask = tf.sigmoid((tf.tensordot(pixels, channels, 1) - threshold) / width)
    return 1.0 - 2.0 * tf.reduce_sum(mask * truth) / (tf.reduce_sum(mask) + tf.reduce_sum(truth))


def mask_step(channels, threshold, optimizer, pixels, truth, width):
    with tf.GradientTape() as tape:
        loss = soft_dice(channels, threshold, pixels, truth, tf.constant(width, tf.float32))
    gradients = tape.gradient(loss, [channels, threshold])
    optimizer.apply_gradients(zip(gradients, [channels, threshold]))
    return loss
