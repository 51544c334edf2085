def calibrate(offset, slope, resistance, celsius, rate, steps):
    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(offset + slope * tf.math.log(resistance) - celsius))
        gradients = tape.gradient(loss, [offset, slope])
        offset.assign_sub(rate * gradients[0])
        slope.assign_sub(rate * gradients[1])
        return loss

    return [float(step()) for _ in range(steps)]
