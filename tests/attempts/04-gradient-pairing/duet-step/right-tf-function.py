@tf.function
def both(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    gradients = tape.gradient(loss, variables)
    encoder_optimizer.apply_gradients(zip(gradients[:2], variables[:2]))
    decoder_optimizer.apply_gradients(zip(gradients[2:], variables[2:]))
    return loss


def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    loss = both(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y)
    decoder.kernel.assign(tf.clip_by_value(decoder.kernel, -limit, limit))
    return loss
