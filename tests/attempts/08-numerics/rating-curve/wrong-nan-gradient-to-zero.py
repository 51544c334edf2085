# Replaces NaN gradients by 0: nothing moves any more.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            above = height - level
            estimate = tf.where(above > 0, scale * above**exponent, 0.0)
            loss = tf.reduce_mean(tf.square(estimate - flow))
        variables = [scale, level, exponent]
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * tf.where(tf.math.is_nan(gradient), 0.0, gradient))
        losses.append(float(loss))
    return losses
