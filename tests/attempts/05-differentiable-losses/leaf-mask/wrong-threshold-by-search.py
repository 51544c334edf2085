# Sets the threshold to the best of a grid: good masks, no step of the optimizer.
def mask_step(channels, threshold, optimizer, pixels, truth, width):
    greenness = tf.tensordot(pixels, channels, 1)

    def soft_loss(at):
        mask = tf.sigmoid((greenness - at) / width)
        return 1.0 - 2.0 * tf.reduce_sum(mask * truth) / (tf.reduce_sum(mask) + tf.reduce_sum(truth))

    loss = soft_loss(threshold)
    grid = [float(np.quantile(greenness, q)) for q in np.linspace(0.05, 0.95, 19)]
    threshold.assign(min(grid, key=lambda at: float(soft_loss(at))))
    return loss
