def calibrate(offset, slope, resistance, celsius, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(offset + slope * tf.math.log(resistance) - celsius))
        for variable, gradient in zip((offset, slope), tape.gradient(loss, (offset, slope))):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
