def calibrate(offset, slope, resistance, celsius, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape(persistent=True) as tape:
            loss = tf.reduce_mean(tf.square(offset + slope * tf.math.log(resistance) - celsius))
        down = tape.gradient(loss, offset), tape.gradient(loss, slope)
        offset.assign_sub(rate * down[0])
        slope.assign_sub(rate * down[1])
        losses.append(loss)
    return losses
