def train_keeping_best(model, optimizer, batches, x_check, y_check):
    history = []
    for x, y in batches:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        error = mean_squared_error(y_check, model(x_check)).numpy()
        history.append((error, [v.numpy().copy() for v in model.variables]))
    checks = [error for error, _ in history]
    for v, value in zip(model.variables, history[int(np.argmin(checks))][1]):
        v.assign(value)
    return checks
