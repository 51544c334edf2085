# Adam does not mind the unit as much, and is another rule.
def fit_demand(kernel, x, y, share, steps):
    rate = float(share * len(x) / tf.linalg.svd(x, compute_uv=False)[0] ** 2)
    optimizer = keras.optimizers.Adam(rate)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        optimizer.apply_gradients([(tape.gradient(loss, kernel), kernel)])
        losses.append(float(loss))
    return rate, losses
