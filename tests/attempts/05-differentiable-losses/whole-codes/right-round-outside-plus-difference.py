# The rounded code, plus a difference that is 0 on the way forward and has a slope of 1 on the way back.
def code_step(encoder, decoder, optimizer, x):
    variables = [*encoder.trainable_variables, *decoder.trainable_variables]
    with tf.GradientTape() as tape:
        code = encoder(x)
        sent = tf.stop_gradient(tf.floor(code + 0.5)) + (code - tf.stop_gradient(code))
        restored = decoder(sent)
        loss = tf.reduce_mean((restored - x) ** 2)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(list(zip(gradients, variables)))
    return loss.numpy()
