def step_in_parts(model, optimizer, parts):
    variables = model.trainable_variables
    rows = [len(x) for x, _ in parts]
    total, error = None, 0.0
    for (x, y), n in zip(parts, rows):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True))
        share = n / sum(rows)
        gradients = [share * g for g in tape.gradient(loss, variables)]
        total = gradients if total is None else [a + b for a, b in zip(total, gradients)]
        error += share * float(loss)
    optimizer.apply_gradients(zip(total, variables))
    return error
