# Right steps; each loss is the one after its step.
def estimate_of(scale, level, exponent, height):
    above = height - level
    safe = tf.where(above > 0, above, 1.0)
    return tf.where(above > 0, scale * safe**exponent, 0.0)


def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(estimate_of(scale, level, exponent, height) - flow))
        variables = [scale, level, exponent]
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * gradient)
        losses.append(float(tf.reduce_mean(tf.square(estimate_of(*variables, height) - flow))))
    return losses
