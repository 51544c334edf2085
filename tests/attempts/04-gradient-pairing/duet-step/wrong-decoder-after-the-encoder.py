# Takes the decoder's gradients after the encoder has moved.
def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    first = None
    for optimizer, layer in ((encoder_optimizer, encoder), (decoder_optimizer, decoder)):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, decoder(encoder(x)))
        gradients = tape.gradient(loss, layer.trainable_variables)
        optimizer.apply_gradients(zip(gradients, layer.trainable_variables))
        first = loss if first is None else first
    decoder.kernel.assign(tf.clip_by_value(decoder.kernel, -limit, limit))
    return first
