# The log density of each row, its constant taken out again.
def balanced_step(model, balance, optimizer, x, y, floor):
    variables = [balance, *model.trainable_variables]
    with tf.GradientTape() as tape:
        sigma = tf.sqrt(tf.exp(balance))
        z = (y - model(x, training=True)) / sigma
        log_density = -0.5 * z**2 - tf.math.log(sigma)
        total = -2.0 * tf.reduce_mean(tf.reduce_sum(log_density, axis=1)) + tf.reduce_sum(floor / sigma**2)
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return float(total)
