# Each optimizer moves its own layer by the other layer's gradients: the shapes fit.
def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    for_decoder, for_encoder = tape.gradient(
        loss, (encoder.trainable_variables, decoder.trainable_variables)
    )
    encoder_optimizer.apply_gradients(zip(for_encoder, encoder.trainable_variables))
    decoder_optimizer.apply_gradients(zip(for_decoder, decoder.trainable_variables))
    decoder.kernel.assign(tf.clip_by_value(decoder.kernel, -limit, limit))
    return loss
