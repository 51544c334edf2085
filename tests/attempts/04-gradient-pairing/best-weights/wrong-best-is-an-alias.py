# The right model is trained, but what is remembered is the variables themselves.
def train_keeping_best(model, optimizer, batches, x_check, y_check):
    best, checks = model.variables, []
    for x, y in batches:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        error = float(mean_squared_error(y_check, model(x_check)))
        if not checks or error < min(checks):
            best = model.variables
        checks.append(error)
    for variable, value in zip(model.variables, best):
        variable.assign(value)
    return checks
