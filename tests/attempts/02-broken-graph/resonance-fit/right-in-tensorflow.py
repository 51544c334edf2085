def fit_step(gain, damping, speed, vibration, rate):
    with tf.GradientTape() as tape:
        curve = gain * tf.math.rsqrt((1.0 - speed**2) ** 2 + (damping * speed) ** 2)
        loss = tf.reduce_mean(tf.math.squared_difference(curve, vibration))
    for variable, slope in zip((gain, damping), tape.gradient(loss, (gain, damping))):
        variable.assign_sub(rate * slope)
    return loss
