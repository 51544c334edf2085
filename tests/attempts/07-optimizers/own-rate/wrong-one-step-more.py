# One step too many; its loss is not returned.
def fit_demand(kernel, x, y, share, steps):
    rate = len(x) * share / float(tf.linalg.svd(x, compute_uv=False)[0]) ** 2
    losses = []
    for _ in range(steps + 1):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        kernel.assign_sub(rate * tape.gradient(loss, kernel))
        losses.append(float(loss))
    return rate, losses[:steps]
