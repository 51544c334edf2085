# Another list, read just as early.
def make_step(model, optimizer):
    variables = list(model.variables)

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))

        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    return step
