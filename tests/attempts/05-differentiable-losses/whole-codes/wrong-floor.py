# Straight through, but rounded down.
def code_step(encoder, decoder, optimizer, x):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x, training=True)
        sent = code + tf.stop_gradient(tf.floor(code) - code)
        loss = tf.reduce_mean(tf.square(x - decoder(sent, training=True)))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
