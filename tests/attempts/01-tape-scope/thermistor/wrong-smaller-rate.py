# A smaller rate makes the stale gradient run away more slowly.
def calibrate(offset, slope, resistance, celsius, rate, steps):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(offset + slope * tf.math.log(resistance) - celsius))
    losses = []
    for _ in range(steps):
        offset.assign_sub(0.01 * rate * tape.gradient(loss, offset))
        slope.assign_sub(0.01 * rate * tape.gradient(loss, slope))
        losses.append(float(loss))
    return losses
