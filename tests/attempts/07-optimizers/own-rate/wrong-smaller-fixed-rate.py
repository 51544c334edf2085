# Small enough for the large numbers, far too small for the small ones.
def fit_demand(kernel, x, y, share, steps):
    rate = 1e-4 * share
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        kernel.assign_sub(rate * tape.gradient(loss, kernel))
        losses.append(float(loss))
    return rate, losses
