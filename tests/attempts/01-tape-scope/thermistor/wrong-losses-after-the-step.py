# Variables are right, the losses are those after each step.
def calibrate(offset, slope, resistance, celsius, rate, steps):
    def loss_now():
        return tf.reduce_mean(tf.square(offset + slope * tf.math.log(resistance) - celsius))

    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = loss_now()
        gradients = tape.gradient(loss, [offset, slope])
        offset.assign_sub(rate * gradients[0])
        slope.assign_sub(rate * gradients[1])
        losses.append(float(loss_now()))
    return losses
