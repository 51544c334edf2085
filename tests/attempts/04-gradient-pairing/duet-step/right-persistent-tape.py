def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    with tf.GradientTape(persistent=True) as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    for_encoder = tape.gradient(loss, encoder.trainable_variables)
    for_decoder = tape.gradient(loss, decoder.trainable_variables)
    encoder_optimizer.apply_gradients(zip(for_encoder, encoder.trainable_variables))
    decoder_optimizer.apply_gradients(zip(for_decoder, decoder.trainable_variables))
    decoder.kernel.assign(keras.ops.clip(decoder.kernel, -limit, limit))
    return loss
