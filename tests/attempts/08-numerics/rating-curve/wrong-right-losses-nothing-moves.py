# Computes the losses on copies and leaves the three variables where they are.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    copies = [tf.Variable(v.numpy()) for v in (scale, level, exponent)]
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            above = height - copies[1]
            safe = tf.where(above > 0, above, 1.0)
            loss = tf.reduce_mean(tf.square(tf.where(above > 0, copies[0] * safe ** copies[2], 0.0) - flow))
        for variable, gradient in zip(copies, tape.gradient(loss, copies)):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
