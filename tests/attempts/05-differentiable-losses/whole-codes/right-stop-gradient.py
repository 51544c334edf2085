def code_step(encoder, decoder, optimizer, x):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        sent = code + tf.stop_gradient(tf.round(code) - code)
        loss = tf.reduce_mean(tf.square(x - decoder(sent)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
