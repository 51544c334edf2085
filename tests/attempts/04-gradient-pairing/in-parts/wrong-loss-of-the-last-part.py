def step_in_parts(model, optimizer, parts):
    x = tf.concat([x for x, _ in parts], axis=0)
    y = tf.concat([y for _, y in parts], axis=0)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return mean_squared_error(parts[-1][1], model(parts[-1][0]))
