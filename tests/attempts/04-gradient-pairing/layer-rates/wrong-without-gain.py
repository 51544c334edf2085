# Both layers are right; the gain is in no list.
def layered_step(model, gain, rates, x, y):
    variables = model.trainable_variables
    four = [rates[0], rates[0], rates[1], rates[1]]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    for rate, v, g in zip(four, variables, tape.gradient(loss, variables), strict=True):
        v.assign_sub(rate * g)
    return loss
