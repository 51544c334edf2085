# Half of the gradient passes.
def code_step(encoder, decoder, optimizer, x):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x, training=True)
        sent = 0.5 * code + tf.stop_gradient(tf.round(code) - 0.5 * code)
        loss = tf.reduce_mean(tf.square(x - decoder(sent, training=True)))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
