# Every part counts the same, however few rows it has.
def step_in_parts(model, optimizer, parts):
    variables = model.trainable_variables
    total, losses = [tf.zeros_like(v) for v in variables], []
    for x, y in parts:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True))
        total = [t + g / len(parts) for t, g in zip(total, tape.gradient(loss, variables))]
        losses.append(float(loss))
    optimizer.apply_gradients(zip(total, variables))
    return sum(losses) / len(losses)
