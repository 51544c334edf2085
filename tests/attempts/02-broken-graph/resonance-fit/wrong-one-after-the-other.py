# The damping follows a slope taken after the gain has moved already.
def fit_step(gain, damping, speed, vibration, rate):
    def error():
        curve = 1.0 / tf.sqrt((1.0 - speed**2) ** 2 + (damping * speed) ** 2)
        return tf.reduce_mean(tf.square(gain * curve - vibration))

    with tf.GradientTape() as tape:
        loss = error()
    gain.assign_sub(rate * tape.gradient(loss, gain))
    with tf.GradientTape() as tape:
        again = error()
    damping.assign_sub(rate * tape.gradient(again, damping))
    return loss
