def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    rate = float(optimizer.learning_rate)
    for gradient, variable in zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables):
        variable.assign(variable - rate * gradient)
    return loss.numpy()
