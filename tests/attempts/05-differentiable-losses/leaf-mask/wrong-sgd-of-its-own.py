# Right gradients, and a fresh optimizer in each step: the momentum is lost.
def mask_step(channels, threshold, optimizer, pixels, truth, width):
    with tf.GradientTape() as tape:
        mask = tf.sigmoid((tf.tensordot(pixels, channels, 1) - threshold) / width)
        loss = 1.0 - 2.0 * tf.reduce_sum(mask * truth) / (tf.reduce_sum(mask) + tf.reduce_sum(truth))
    gradients = tape.gradient(loss, [channels, threshold])
    fresh = keras.optimizers.SGD.from_config(optimizer.get_config())
    fresh.apply_gradients(zip(gradients, [channels, threshold]))
    return loss
