# The gain gets the encoder's rate, and the last variables nothing.
def layered_step(model, gain, rates, x, y):
    variables = [gain] + model.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    for rate, v, g in zip(rates, variables, tape.gradient(loss, variables)):
        v.assign_sub(rate * g)
    return loss
