# Stops early, so that the model is right and the list too short.
def train_keeping_best(model, optimizer, batches, x_check, y_check):
    best, checks = model.get_weights(), []
    for x, y in batches:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        error = float(mean_squared_error(y_check, model(x_check)))
        if checks and error > min(checks):
            break
        best = model.get_weights()
        checks.append(error)
    model.set_weights(best)
    return checks
