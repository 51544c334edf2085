def step_in_parts(model, optimizer, parts):
    variables = model.trainable_variables
    weights = np.array([x.shape[0] for x, _ in parts], dtype=np.float32)
    weights /= weights.sum()
    collected, losses = [], []
    for x, y in parts:
        with tf.GradientTape() as tape:
            losses.append(mean_squared_error(y, model(x, training=True)))
        collected.append(tape.gradient(losses[-1], variables))
    gradients = [tf.tensordot(weights, tf.stack(of_variable), axes=1) for of_variable in zip(*collected)]
    optimizer.apply_gradients(zip(gradients, variables, strict=True))
    return tf.tensordot(weights, tf.stack(losses), axes=1)
