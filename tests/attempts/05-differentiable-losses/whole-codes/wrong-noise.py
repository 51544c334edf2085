# Noise in the place of the rounding.
def code_step(encoder, decoder, optimizer, x):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x, training=True)
        sent = code + tf.random.uniform(tf.shape(code), -0.5, 0.5)
        loss = tf.reduce_mean(tf.square(x - decoder(sent, training=True)))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
