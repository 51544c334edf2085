# A floor so high that it changes the curve.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            estimate = scale * tf.maximum(height - level, 0.15) ** exponent
            loss = tf.reduce_mean(tf.square(estimate - flow))
        variables = [scale, level, exponent]
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
