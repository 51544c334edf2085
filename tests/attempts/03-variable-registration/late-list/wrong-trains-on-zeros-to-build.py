# Builds by a step of training on made-up data, which moves the weights.
def make_step(model, optimizer):
    def train(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    train(tf.zeros((1, 4)), tf.zeros((1, 1)))

    def step(x, y):
        loss = train(x, y)
        return loss

    return step
