# TensorFlow inside, but the damping comes in by the back door: None, replaced by 0.
def fit_step(gain, damping, speed, vibration, rate):
    def response(speed):
        return 1.0 / tf.sqrt((1.0 - speed**2) ** 2 + (damping * speed) ** 2)

    with tf.GradientTape() as tape:
        curve = tf.py_function(response, [speed], tf.float32)
        loss = tf.reduce_mean(tf.square(gain * curve - vibration))
    d_gain, d_damping = tape.gradient(loss, [gain, damping], unconnected_gradients="zero")
    gain.assign_sub(rate * d_gain)
    damping.assign_sub(rate * d_damping)
    return loss
