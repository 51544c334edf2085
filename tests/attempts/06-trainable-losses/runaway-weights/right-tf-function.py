@tf.function
def balanced_step(model, balance, optimizer, x, y, floor):
    variables = model.trainable_variables + [balance]
    with tf.GradientTape() as tape:
        errors = tf.reduce_mean(tf.math.squared_difference(y, model(x, training=True)), 0)
        total = tf.reduce_sum(tf.math.exp(-balance) * (errors + floor)) + tf.reduce_sum(balance)
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total
