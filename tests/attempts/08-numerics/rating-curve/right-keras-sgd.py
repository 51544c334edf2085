def fit_curve(scale, level, exponent, height, flow, rate, steps):
    optimizer = keras.optimizers.SGD(rate)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            above = tf.maximum(height - level, 1e-6)
            estimate = tf.where(height > level, scale * above**exponent, 0.0)
            loss = tf.reduce_mean(tf.square(estimate - flow))
        gradients = tape.gradient(loss, [scale, level, exponent])
        optimizer.apply_gradients(zip(gradients, [scale, level, exponent]))
        losses.append(float(loss))
    return losses
