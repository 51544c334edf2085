# The pairs are walked through for the first part, and are used up for the others.
def step_in_parts(model, optimizer, parts):
    variables = model.trainable_variables
    rows = sum(len(x) for x, _ in parts)
    total, error = [tf.Variable(tf.zeros(v.shape)) for v in variables], 0.0
    pairs = zip(total, range(len(variables)))
    for x, y in parts:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True)) * (len(x) / rows)
        gradients = tape.gradient(loss, variables)
        for accumulator, i in pairs:
            accumulator.assign_add(gradients[i])
        error += float(loss)
    optimizer.apply_gradients(zip([t.value() for t in total], variables))
    return error
