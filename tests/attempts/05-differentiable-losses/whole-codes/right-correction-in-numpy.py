# The correction may be NumPy: it is a constant to the tape, and shall be one.
def code_step(encoder, decoder, optimizer, x):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        correction = np.round(code.numpy()) - code.numpy()
        loss = tf.reduce_mean(tf.square(x - decoder(code + correction)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
