def calibrate(offset, slope, resistance, celsius, rate, steps):
    optimizer = keras.optimizers.SGD(rate)
    log_r = tf.math.log(resistance)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.math.squared_difference(offset + slope * log_r, celsius))
        optimizer.apply_gradients(zip(tape.gradient(loss, [offset, slope]), [offset, slope]))
        losses.append(loss.numpy())
    return losses
