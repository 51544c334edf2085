# Every variable is trained, on another loss.
def make_step(model, optimizer):

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(y - model(x, training=True))) / 20
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    return step
