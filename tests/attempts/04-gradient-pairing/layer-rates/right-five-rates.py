def layered_step(model, gain, rates, x, y):
    encoder, decoder, for_gain = rates
    variables = [*model.trainable_variables, gain]
    five = [encoder, encoder, decoder, decoder, for_gain]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    for r, v, g in zip(five, variables, tape.gradient(loss, variables), strict=True):
        v.assign_sub(r * g)
    return loss
