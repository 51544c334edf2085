def mask_step(channels, threshold, optimizer, pixels, truth, width):
    with tf.GradientTape(persistent=True) as tape:
        greenness = tf.tensordot(pixels, channels, [[3], [0]])
        mask = 1.0 / (1.0 + tf.exp((threshold - greenness) / width))
        loss = 1.0 - 2.0 * tf.reduce_sum(mask * truth) / (tf.reduce_sum(mask) + tf.reduce_sum(truth))
    pairs = [(tape.gradient(loss, variable), variable) for variable in (channels, threshold)]
    del tape
    optimizer.apply_gradients(pairs)
    return loss.numpy()
