# Returns the right rate and goes on with the old one.
def fit_demand(kernel, x, y, share, steps):
    limit = len(x) / float(tf.linalg.svd(x, compute_uv=False)[0]) ** 2
    optimizer = keras.optimizers.SGD(0.1)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        optimizer.apply_gradients([(tape.gradient(loss, kernel), kernel)])
        losses.append(float(loss))
    return share * limit, losses
