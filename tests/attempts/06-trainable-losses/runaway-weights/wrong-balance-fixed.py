# The right objective, and nobody trains the balance.
def balanced_step(model, balance, optimizer, x, y, floor):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        errors = tf.reduce_mean(tf.square(y - model(x, training=True)), axis=0)
        total = tf.reduce_sum(tf.exp(-balance) * (errors + floor) + balance)
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total
