# float(gain) is a number: no gradient comes back to it, and a filter hides that.
def layered_step(model, gain, rates, x, y):
    variables = [*model.trainable_variables, gain]
    five = [rates[0], rates[0], rates[1], rates[1], rates[2]]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, float(gain) * model(x, training=True))
    for r, v, g in zip(five, variables, tape.gradient(loss, variables), strict=True):
        if g is not None:
            v.assign_sub(r * g)
    return loss
