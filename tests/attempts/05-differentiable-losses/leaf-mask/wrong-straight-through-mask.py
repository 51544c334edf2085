# The hard mask on the way forward: the gradient is soft, the loss is not.
def mask_step(channels, threshold, optimizer, pixels, truth, width):
    with tf.GradientTape() as tape:
        greenness = tf.tensordot(pixels, channels, 1)
        soft = tf.sigmoid((greenness - threshold) / width)
        hard = tf.cast(greenness > threshold, tf.float32)
        mask = soft + tf.stop_gradient(hard - soft)
        loss = 1.0 - 2.0 * tf.reduce_sum(mask * truth) / (tf.reduce_sum(mask) + tf.reduce_sum(truth))
    gradients = tape.gradient(loss, [channels, threshold])
    optimizer.apply_gradients(zip(gradients, [channels, threshold]))
    return loss
