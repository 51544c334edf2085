# The same steps in other units: the kernel is trained for x / size, and its rate scaled back.
def fit_demand(kernel, x, y, share, steps):
    size = float(tf.linalg.svd(x, compute_uv=False)[0])
    unit = x / size
    rate = share * len(x) / size**2
    losses = []
    for _ in range(steps):
        error = unit @ (size * kernel) - y
        losses.append(float(tf.reduce_mean(error**2)))
        kernel.assign_sub(rate * size * 2 / len(x) * tf.transpose(unit) @ error)
    return tf.constant(rate), losses
