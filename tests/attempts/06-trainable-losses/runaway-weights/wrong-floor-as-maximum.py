# Below the floor the error gives no gradient.
def balanced_step(model, balance, optimizer, x, y, floor):
    variables = [*model.trainable_variables, balance]
    with tf.GradientTape() as tape:
        errors = tf.reduce_mean(tf.square(y - model(x, training=True)), axis=0)
        total = tf.reduce_sum(tf.exp(-balance) * tf.maximum(errors, floor) + balance)
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total
