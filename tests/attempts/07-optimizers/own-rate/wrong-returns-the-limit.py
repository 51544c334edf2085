# Trains with the right rate and returns the limit instead.
def fit_demand(kernel, x, y, share, steps):
    limit = len(x) / float(tf.linalg.svd(x, compute_uv=False)[0]) ** 2
    rate = share * limit
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        kernel.assign_sub(rate * tape.gradient(loss, kernel))
        losses.append(float(loss))
    return limit, losses
