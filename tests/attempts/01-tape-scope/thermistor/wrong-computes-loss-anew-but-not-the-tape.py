# The reported losses are fresh, the gradients are still those of the first recording.
def calibrate(offset, slope, resistance, celsius, rate, steps):
    def loss_now():
        return tf.reduce_mean(tf.square(offset + slope * tf.math.log(resistance) - celsius))

    with tf.GradientTape(persistent=True) as tape:
        loss = loss_now()
    losses = []
    for _ in range(steps):
        losses.append(float(loss_now()))
        offset.assign_sub(rate * tape.gradient(loss, offset))
        slope.assign_sub(rate * tape.gradient(loss, slope))
    return losses
