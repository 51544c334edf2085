# Stops after the first step, where the recorded gradient is still right.
def calibrate(offset, slope, resistance, celsius, rate, steps):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(offset + slope * tf.math.log(resistance) - celsius))
    gradients = tape.gradient(loss, [offset, slope])
    offset.assign_sub(rate * gradients[0])
    slope.assign_sub(rate * gradients[1])
    return [float(loss)] * steps
