# Encoder and decoder have each other's rate.
def layered_step(model, gain, rates, x, y):
    decoder_rate, encoder_rate, gain_rate = rates
    variables = model.trainable_variables + [gain]
    five = [encoder_rate, encoder_rate, decoder_rate, decoder_rate, gain_rate]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    for r, v, g in zip(five, variables, tape.gradient(loss, variables), strict=True):
        v.assign_sub(r * g)
    return loss
