# The mirror image of the curve for dry rows.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            estimate = scale * tf.abs(height - level) ** exponent
            loss = tf.reduce_mean(tf.square(estimate - flow))
        variables = [scale, level, exponent]
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
