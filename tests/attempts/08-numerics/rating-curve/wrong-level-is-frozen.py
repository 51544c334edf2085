# No NaN, and no gradient for the level.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            above = height - tf.stop_gradient(level)
            safe = tf.where(above > 0, above, 1.0)
            estimate = tf.where(above > 0, scale * safe**exponent, 0.0)
            loss = tf.reduce_mean(tf.square(estimate - flow))
        for variable, gradient in zip([scale, exponent], tape.gradient(loss, [scale, exponent])):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
