# Trains at the limit itself.
def fit_demand(kernel, x, y, share, steps):
    rate = len(x) / float(tf.linalg.svd(x, compute_uv=False)[0]) ** 2
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        kernel.assign_sub(rate * tape.gradient(loss, kernel))
        losses.append(float(loss))
    return rate, losses
