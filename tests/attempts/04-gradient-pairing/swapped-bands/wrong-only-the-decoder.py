# The layer that made trouble is left out.
def train_step(model, optimizer, x, y):
    variables = model.layers[-1].trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
