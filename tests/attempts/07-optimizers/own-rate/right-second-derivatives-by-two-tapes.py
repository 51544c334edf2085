def fit_demand(kernel, x, y, share, steps):
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        gradient = inner.gradient(loss, kernel)
    second = tf.reshape(outer.jacobian(gradient, kernel), (x.shape[1], x.shape[1]))
    rate = float(share * 2 / tf.reduce_max(tf.linalg.eigvalsh(second)))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        kernel.assign_sub(rate * tape.gradient(loss, kernel))
        losses.append(float(loss))
    return rate, losses
