# A gradient that is made up, and made up as 0.
@tf.custom_gradient
def rounded(code):
    return tf.round(code), lambda upstream: tf.zeros_like(upstream)


def code_step(encoder, decoder, optimizer, x):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(x - decoder(rounded(encoder(x)))))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
