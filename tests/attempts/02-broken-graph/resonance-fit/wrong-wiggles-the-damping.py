# Moves the damping, by the sign of a difference instead of by its slope.
def fit_step(gain, damping, speed, vibration, rate):
    def error(d):
        curve = 1.0 / tf.sqrt((1.0 - speed**2) ** 2 + (d * speed) ** 2)
        return tf.reduce_mean(tf.square(gain * curve - vibration))

    with tf.GradientTape() as tape:
        loss = error(damping.numpy())
    slope = tf.sign(error(damping + 0.01) - error(damping - 0.01))
    gain.assign_sub(rate * tape.gradient(loss, gain))
    damping.assign_sub(rate * slope)
    return loss
