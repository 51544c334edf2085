# Asks the tape which variables the forward pass has read.
def make_step(model, optimizer):
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((y - model(x)) ** 2)
        read = [v for v in model.variables if any(v.value is w for w in tape.watched_variables())]
        optimizer.apply_gradients([(g, v) for g, v in zip(tape.gradient(loss, read), read)])
        return loss

    return step
