# One call on made-up data builds the model before the list is read.
def make_step(model, optimizer):
    model(tf.zeros((1, 4)))
    variables = model.trainable_variables

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        optimizer.apply(tape.gradient(loss, variables), variables)
        return loss

    return step
