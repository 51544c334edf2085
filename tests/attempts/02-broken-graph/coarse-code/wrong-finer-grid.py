# The numbers are scaled before the cast, so that little is lost: the cast cuts all the same.
def coarse_step(encoder, head, optimizer, x, y, levels):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        fine = tf.cast(tf.cast(encoder(x) * 1e6, tf.int32), tf.float32) / 1e6
        loss = tf.reduce_mean(tf.square(y - head(fine)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
