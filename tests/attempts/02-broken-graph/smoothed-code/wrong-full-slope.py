# The value is right, but the slope is that of the whole code instead of 0.3 of it.
def smoothed_step(encoder, head, state, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        state.assign(0.7 * state + 0.3 * code)
        smoothed = code + tf.stop_gradient(state - code)
        loss = tf.reduce_mean(tf.square(y - head(smoothed)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
