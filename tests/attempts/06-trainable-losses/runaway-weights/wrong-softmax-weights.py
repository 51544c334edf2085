def balanced_step(model, balance, optimizer, x, y, floor):
    variables = [*model.trainable_variables, balance]
    with tf.GradientTape() as tape:
        errors = tf.reduce_mean(tf.square(y - model(x, training=True)), axis=0) + floor
        total = tf.reduce_sum(tf.nn.softmax(balance) * errors)
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total
