# The root is TensorFlow now; the damping still passes through NumPy.
def fit_step(gain, damping, speed, vibration, rate):
    with tf.GradientTape() as tape:
        below = (1.0 - speed**2) ** 2 + (damping.numpy() * speed) ** 2
        loss = tf.reduce_mean(tf.square(gain / tf.sqrt(below) - vibration))
    d_gain, d_damping = tape.gradient(loss, [gain, damping])
    gain.assign_sub(rate * d_gain)
    if d_damping is not None:
        damping.assign_sub(rate * d_damping)
    return loss
