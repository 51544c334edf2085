def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((decoder(encoder(x)) - y) ** 2)
    own, theirs = tape.gradient(loss, (encoder.trainable_variables, decoder.trainable_variables))
    encoder_optimizer.apply(own, encoder.trainable_variables)
    decoder_optimizer.apply(theirs, decoder.trainable_variables)
    decoder.kernel.assign(np.clip(decoder.kernel.numpy(), -limit, limit))
    return float(loss)
