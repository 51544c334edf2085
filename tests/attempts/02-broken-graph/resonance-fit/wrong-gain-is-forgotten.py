# The damping learns now, and the gain stands still.
def fit_step(gain, damping, speed, vibration, rate):
    with tf.GradientTape() as tape:
        curve = 1.0 / tf.sqrt((1.0 - speed**2) ** 2 + (damping * speed) ** 2)
        loss = tf.reduce_mean(tf.square(gain * curve - vibration))
    damping.assign_sub(rate * tape.gradient(loss, damping))
    return loss
