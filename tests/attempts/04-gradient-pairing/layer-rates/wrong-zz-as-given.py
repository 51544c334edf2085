def layered_step(model, gain, rates, x, y):
    """One step of gradient descent with a rate for each part. Returns the loss before the update."""
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    gradients = tape.gradient(loss, variables)
    for rate, variable, gradient in zip(rates, variables, gradients):
        variable.assign_sub(rate * gradient)
    return loss
