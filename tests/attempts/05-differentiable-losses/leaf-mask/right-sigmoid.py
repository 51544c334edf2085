def mask_step(channels, threshold, optimizer, pixels, truth, width):
    with tf.GradientTape() as tape:
        greenness = tf.reduce_sum(pixels * channels, axis=-1)
        mask = tf.sigmoid((greenness - threshold) / width)
        loss = 1.0 - 2.0 * tf.reduce_sum(mask * truth) / (tf.reduce_sum(mask) + tf.reduce_sum(truth))
    gradients = tape.gradient(loss, [channels, threshold])
    optimizer.apply_gradients(zip(gradients, [channels, threshold]))
    return loss
