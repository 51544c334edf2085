# The program as it was given.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    """Fit the three variables by gradient descent. Returns the loss before each step."""
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            above = height - level
            estimate = tf.where(above > 0, scale * above**exponent, 0.0)
            loss = tf.reduce_mean(tf.square(estimate - flow))
        variables = [scale, level, exponent]
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
