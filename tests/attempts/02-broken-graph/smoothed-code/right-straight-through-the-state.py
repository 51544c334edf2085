# The value is read back from the state; the slope is that of the new code.
def smoothed_step(encoder, head, state, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        share = 0.3 * encoder(x)
        state.assign(0.7 * state + share)
        smoothed = state.read_value() + (share - tf.stop_gradient(share))
        loss = tf.reduce_mean(tf.square(y - head(smoothed)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
