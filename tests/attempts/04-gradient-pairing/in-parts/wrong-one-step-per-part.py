def step_in_parts(model, optimizer, parts):
    variables = model.trainable_variables
    losses, rows = [], []
    for x, y in parts:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(float(loss))
        rows.append(len(x))
    return float(np.average(losses, weights=rows))
