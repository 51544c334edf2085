# The encoder learns from the unrounded code, the decoder from the rounded one: another gradient.
def code_step(encoder, decoder, optimizer, x):
    with tf.GradientTape(persistent=True) as tape:
        code = encoder(x)
        smooth = tf.reduce_mean(tf.square(x - decoder(code)))
        loss = tf.reduce_mean(tf.square(x - decoder(tf.round(code))))
    gradients = tape.gradient(smooth, encoder.trainable_variables) + tape.gradient(
        loss, decoder.trainable_variables
    )
    optimizer.apply_gradients(zip(gradients, encoder.trainable_variables + decoder.trainable_variables))
    return loss
