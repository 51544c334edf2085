# Parked at the bound.
def balanced_step(model, balance, optimizer, x, y, floor):
    variables = [*model.trainable_variables, balance]
    with tf.GradientTape() as tape:
        errors = tf.reduce_mean(tf.square(y - model(x, training=True)), axis=0)
        total = tf.reduce_sum(balance * errors)
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    balance.assign(tf.maximum(balance, 0.0))
    return total
