# The threshold learns now, and the channels are forgotten.
def mask_step(channels, threshold, optimizer, pixels, truth, width):
    with tf.GradientTape() as tape:
        mask = tf.sigmoid((tf.tensordot(pixels, channels, 1) - threshold) / width)
        loss = 1.0 - 2.0 * tf.reduce_sum(mask * truth) / (tf.reduce_sum(mask) + tf.reduce_sum(truth))
    optimizer.apply_gradients([(tape.gradient(loss, threshold), threshold)])
    return loss
