# The slope's gradient is taken after the offset has moved: not one step of gradient descent.
def calibrate(offset, slope, resistance, celsius, rate, steps):
    losses = []
    for _ in range(steps):
        for i, variable in enumerate((offset, slope)):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(offset + slope * tf.math.log(resistance) - celsius))
            variable.assign_sub(rate * tape.gradient(loss, variable))
            if i == 0:
                losses.append(float(loss))
    return losses
