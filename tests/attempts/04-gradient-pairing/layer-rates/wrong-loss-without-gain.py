# The gain learns, and what is returned isn't the loss that was differentiated.
def layered_step(model, gain, rates, x, y):
    variables = [*model.trainable_variables, gain]
    five = [rates[0], rates[0], rates[1], rates[1], rates[2]]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    gradients = tape.gradient(loss, variables)
    reported = mean_squared_error(y, model(x))
    for r, v, g in zip(five, variables, gradients, strict=True):
        v.assign_sub(r * g)
    return reported
