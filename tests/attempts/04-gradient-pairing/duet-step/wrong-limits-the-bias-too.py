def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    pairs = list(zip(tape.gradient(loss, variables), variables))
    encoder_optimizer.apply_gradients(pairs[:2])
    decoder_optimizer.apply_gradients(pairs[2:])
    for v in decoder.trainable_variables:
        v.assign(tf.clip_by_value(v, -limit, limit))
    return loss
