# Limits the gradient, not the kernel.
def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    gradients = tape.gradient(loss, variables)
    gradients[2] = tf.clip_by_value(gradients[2], -0.1 * limit, 0.1 * limit)
    pairs = list(zip(gradients, variables))
    encoder_optimizer.apply_gradients(pairs[:2])
    decoder_optimizer.apply_gradients(pairs[2:])
    return loss
