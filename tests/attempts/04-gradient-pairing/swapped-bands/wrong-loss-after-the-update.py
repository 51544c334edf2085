def train_step(model, optimizer, x, y):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return mean_squared_error(y, model(x))
