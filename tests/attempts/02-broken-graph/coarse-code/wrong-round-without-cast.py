# No integers any more; the rounding itself has no derivative either.
def coarse_step(encoder, head, optimizer, x, y, levels):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        coarse = tf.round(encoder(x) * levels) / levels
        loss = tf.reduce_mean(tf.square(y - head(coarse)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
