# Clipping keeps the large numbers from exploding, and the small ones still do not move.
def fit_demand(kernel, x, y, share, steps):
    rate = 0.1
    optimizer = keras.optimizers.SGD(rate, clipnorm=1.0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        optimizer.apply_gradients([(tape.gradient(loss, kernel), kernel)])
        losses.append(float(loss))
    return rate, losses
