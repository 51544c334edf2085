# The largest curvature along the axes, not over all directions.
def fit_demand(kernel, x, y, share, steps):
    rate = float(share * 2 / tf.reduce_max(tf.reduce_mean(2 * x * x, axis=0)))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        kernel.assign_sub(rate * tape.gradient(loss, kernel))
        losses.append(float(loss))
    return rate, losses
