# Moves each variable before the gradient of the next is taken.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        for i, variable in enumerate((scale, level, exponent)):
            with tf.GradientTape() as tape:
                above = height - level
                safe = tf.where(above > 0, above, 1.0)
                loss = tf.reduce_mean(tf.square(tf.where(above > 0, scale * safe**exponent, 0.0) - flow))
            if i == 0:
                losses.append(float(loss))
            variable.assign_sub(3 * rate * tape.gradient(loss, variable))
    return losses
