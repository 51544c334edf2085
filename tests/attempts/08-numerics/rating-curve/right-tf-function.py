@tf.function
def curve_step(scale, level, exponent, height, flow):
    with tf.GradientTape() as tape:
        above = height - level
        safe = tf.where(above > 0.0, above, 0.5)
        estimate = tf.where(above > 0.0, scale * tf.pow(safe, exponent), tf.zeros_like(above))
        loss = tf.reduce_mean(tf.math.squared_difference(estimate, flow))
    return loss, tape.gradient(loss, [scale, level, exponent])


def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        loss, gradients = curve_step(scale, level, exponent, height, flow)
        for variable, gradient in zip((scale, level, exponent), gradients):
            variable.assign_sub(rate * gradient)
        losses.append(loss)
    return losses
