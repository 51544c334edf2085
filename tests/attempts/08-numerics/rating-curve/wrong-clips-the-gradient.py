# Clips the gradients, which are NaN.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            above = height - level
            estimate = tf.where(above > 0, scale * above**exponent, 0.0)
            loss = tf.reduce_mean(tf.square(estimate - flow))
        variables = [scale, level, exponent]
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, variables), 1.0)
        for variable, gradient in zip(variables, gradients):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
