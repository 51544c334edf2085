# The list is read once, in the first step, after the forward pass.
def make_step(model, optimizer):
    variables = []

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = keras.losses.MeanSquaredError()(y, model(x))
        if not variables:
            variables.extend(model.trainable_variables)
        optimizer.apply_gradients(list(zip(tape.gradient(loss, variables), variables)))
        return float(loss)

    return step
