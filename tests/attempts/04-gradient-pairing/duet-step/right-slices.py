def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    pairs = [*zip(tape.gradient(loss, variables), variables, strict=True)]
    decoder_optimizer.apply_gradients(pairs[2:])
    encoder_optimizer.apply_gradients(pairs[:2])
    kernel = decoder.kernel
    kernel.assign(tf.minimum(tf.maximum(kernel, -limit), limit))
    return loss
