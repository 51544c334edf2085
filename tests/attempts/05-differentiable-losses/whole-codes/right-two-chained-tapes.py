# The gradient by the rounded code is carried over to the code by hand.
def code_step(encoder, decoder, optimizer, x):
    with tf.GradientTape() as first:
        code = encoder(x)
    sent = tf.round(code)
    with tf.GradientTape() as second:
        second.watch(sent)
        loss = tf.reduce_mean(tf.square(x - decoder(sent)))
    for_decoder, by_sent = second.gradient(loss, (decoder.trainable_variables, sent))
    for_encoder = first.gradient(code, encoder.trainable_variables, output_gradients=by_sent)
    pairs = list(zip(for_encoder, encoder.trainable_variables)) + list(
        zip(for_decoder, decoder.trainable_variables)
    )
    optimizer.apply_gradients(pairs)
    return loss
