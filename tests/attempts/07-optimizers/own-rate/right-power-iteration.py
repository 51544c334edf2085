def fit_demand(kernel, x, y, share, steps):
    matrix = 2 * tf.matmul(x, x, transpose_a=True) / x.shape[0]
    matrix, size = matrix / tf.norm(matrix), tf.norm(matrix)
    vector = tf.ones((x.shape[1], 1)) + tf.random.stateless_normal((x.shape[1], 1), (1, 2)) * 0.3
    for _ in range(2000):
        vector = matrix @ vector
        vector = vector / tf.norm(vector)
    rate = float(share * 2 / (size * tf.norm(matrix @ vector)))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        kernel.assign_sub(rate * tape.gradient(loss, kernel))
        losses.append(float(loss))
    return rate, losses
