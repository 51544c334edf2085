# Adds the parts up without their shares: a step three times as long.
def step_in_parts(model, optimizer, parts):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.add_n([mean_squared_error(y, model(x, training=True)) for x, y in parts])
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss / len(parts)
