# A pixel-wise cross-entropy of the soft mask instead of Dice.
def mask_step(channels, threshold, optimizer, pixels, truth, width):
    with tf.GradientTape() as tape:
        greenness = tf.tensordot(pixels, channels, 1)
        logits = (greenness - threshold) / width
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=truth, logits=logits))
    gradients = tape.gradient(loss, [channels, threshold])
    optimizer.apply_gradients(zip(gradients, [channels, threshold]))
    return loss
