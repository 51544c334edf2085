# The gradient by the rounded code is taken as the gradient by the code.
def coarse_step(encoder, head, optimizer, x, y, levels):
    with tf.GradientTape() as upstream:
        code = encoder(x)
    sent = tf.cast(tf.cast(tf.round(code * levels), tf.int32), tf.float32) / levels
    with tf.GradientTape() as tape:
        tape.watch(sent)
        loss = tf.reduce_mean(tf.square(y - head(sent)))
    by_sent, by_head = tape.gradient(loss, (sent, head.trainable_variables))
    by_encoder = upstream.gradient(code, encoder.trainable_variables, output_gradients=by_sent)
    optimizer.apply_gradients(
        [*zip(by_encoder, encoder.trainable_variables), *zip(by_head, head.trainable_variables)]
    )
    return loss
