# The mean negative log-likelihood, not twice of it.
def balanced_step(model, balance, optimizer, x, y, floor):
    variables = [*model.trainable_variables, balance]
    with tf.GradientTape() as tape:
        errors = tf.reduce_mean(tf.square(y - model(x, training=True)), axis=0)
        total = 0.5 * tf.reduce_sum(tf.exp(-balance) * (errors + floor) + balance)
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total
