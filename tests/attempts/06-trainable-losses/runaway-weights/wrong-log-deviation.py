# Reads the balance as the log of the standard deviation.
def balanced_step(model, balance, optimizer, x, y, floor):
    variables = [*model.trainable_variables, balance]
    with tf.GradientTape() as tape:
        errors = tf.reduce_mean(tf.square(y - model(x, training=True)), axis=0)
        total = tf.reduce_sum(tf.exp(-2.0 * balance) * (errors + floor) + 2.0 * balance)
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total
