# Straight through, and now the decoder is forgotten.
def code_step(encoder, decoder, optimizer, x):
    with tf.GradientTape() as tape:
        code = encoder(x)
        sent = code + tf.stop_gradient(tf.round(code) - code)
        loss = tf.reduce_mean(tf.square(x - decoder(sent)))
    gradients = tape.gradient(loss, encoder.trainable_variables)
    optimizer.apply_gradients(zip(gradients, encoder.trainable_variables))
    return loss
