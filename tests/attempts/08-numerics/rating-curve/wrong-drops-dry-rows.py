# Fits the wet rows only, so that the mean is over fewer rows.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            wet = height > level
            estimate = scale * (height[wet] - level) ** exponent
            loss = tf.reduce_mean(tf.square(estimate - flow[wet]))
        variables = [scale, level, exponent]
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
