def smoothed_step(encoder, head, state, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    optimizer.build(variables)

    @tf.function
    def run():
        with tf.GradientTape() as tape:
            smoothed = 0.7 * tf.stop_gradient(state) + 0.3 * encoder(x)
            loss = tf.reduce_mean(tf.square(y - head(smoothed)))
        state.assign(smoothed)
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    return run()
