# A NumPy copy is changed in place, and the variable keeps its old value.
def smoothed_step(encoder, head, state, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    memory = state.numpy().copy()
    with tf.GradientTape() as tape:
        smoothed = 0.7 * memory + 0.3 * encoder(x)
        loss = tf.reduce_mean(tf.square(y - head(smoothed)))
    memory[:] = smoothed.numpy()
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
