# With an exponent above 1 the power is smooth at 0.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            estimate = scale * tf.nn.relu(height - level) ** exponent
            loss = tf.reduce_mean(tf.square(estimate - flow))
        variables = [scale, level, exponent]
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
