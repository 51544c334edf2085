# The gradient by the state is applied to the state.
def smoothed_step(encoder, head, state, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        tape.watch(state)
        smoothed = 0.7 * state + 0.3 * encoder(x)
        loss = tf.reduce_mean(tf.square(y - head(smoothed)))
    gradients, by_state = tape.gradient(loss, (variables, state))
    optimizer.apply_gradients(zip(gradients, variables))
    state.assign(smoothed - 10.0 * by_state)
    return loss
