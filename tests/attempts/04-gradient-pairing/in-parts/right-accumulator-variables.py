def step_in_parts(model, optimizer, parts):
    variables = model.trainable_variables
    sums = [tf.Variable(tf.zeros(v.shape), trainable=False) for v in variables]
    entries, squares = 0, 0.0
    for x, y in parts:
        with tf.GradientTape() as tape:
            square = tf.reduce_sum(tf.square(y - model(x, training=True)))
        for s, g in zip(sums, tape.gradient(square, variables)):
            s.assign_add(g)
        entries += int(tf.size(y))
        squares += square
    optimizer.apply_gradients(zip([s / entries for s in sums], variables))
    return squares / entries
