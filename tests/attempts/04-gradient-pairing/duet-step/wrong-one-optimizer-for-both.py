# A new optimizer for all four variables, with the encoder's settings.
def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    gradients = tape.gradient(loss, variables)
    encoder_optimizer.apply_gradients(zip(gradients[:2], variables[:2]))
    other = keras.optimizers.SGD(float(encoder_optimizer.learning_rate))
    other.apply_gradients(zip(gradients[2:], variables[2:]))
    decoder.kernel.assign(tf.clip_by_value(decoder.kernel, -limit, limit))
    return loss
