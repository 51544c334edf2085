# The reported loss is right; the step is that of the plain code.
def coarse_step(encoder, head, optimizer, x, y, levels):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        plain = tf.reduce_mean(tf.square(y - head(code)))
        coarse = tf.reduce_mean(tf.square(y - head(tf.round(code * levels) / levels)))
    optimizer.apply_gradients(zip(tape.gradient(plain, variables), variables))
    return coarse
