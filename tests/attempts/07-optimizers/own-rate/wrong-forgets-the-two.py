# Without the factor 2 of the square the rate is twice what was asked for.
def fit_demand(kernel, x, y, share, steps):
    rate = float(share * 2 / tf.linalg.eigvalsh(tf.transpose(x) @ x / len(x))[-1])
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        kernel.assign_sub(rate * tape.gradient(loss, kernel))
        losses.append(float(loss))
    return rate, losses
