# Gradient ascent for the weights: now they grow without end.
def balanced_step(model, balance, optimizer, x, y, floor):
    variables = [*model.trainable_variables, balance]
    with tf.GradientTape() as tape:
        errors = tf.reduce_mean(tf.square(y - model(x, training=True)), axis=0)
        total = tf.reduce_sum(balance * errors)
    *gradients, by_balance = tape.gradient(total, variables)
    optimizer.apply_gradients(zip([*gradients, -by_balance], variables))
    return total
