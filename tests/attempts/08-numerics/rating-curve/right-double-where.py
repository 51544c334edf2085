def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            above = height - level
            wet = above > 0
            estimate = tf.where(wet, scale * tf.pow(tf.where(wet, above, tf.ones_like(above)), exponent), 0.0)
            loss = tf.reduce_mean(tf.square(estimate - flow))
        variables = [scale, level, exponent]
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
