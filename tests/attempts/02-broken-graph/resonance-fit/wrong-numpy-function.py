# Another wrapper: None instead of 0, and the None is filtered.
def fit_step(gain, damping, speed, vibration, rate):
    def response(speed, damping):
        return 1.0 / np.sqrt((1.0 - speed**2) ** 2 + (damping * speed) ** 2)

    with tf.GradientTape() as tape:
        curve = tf.numpy_function(response, [speed, damping], tf.float32)
        loss = tf.reduce_mean(tf.square(gain * curve - vibration))
    for variable, slope in zip((gain, damping), tape.gradient(loss, (gain, damping))):
        if slope is not None:
            variable.assign_sub(rate * slope)
    return loss
