# Keeps the last code instead of the smoothed one.
def smoothed_step(encoder, head, state, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        loss = tf.reduce_mean(tf.square(y - head(0.7 * state + 0.3 * code)))
    state.assign(code)
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
