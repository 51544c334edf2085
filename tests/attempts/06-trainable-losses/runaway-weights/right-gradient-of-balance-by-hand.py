def balanced_step(model, balance, optimizer, x, y, floor):
    with tf.GradientTape() as tape:
        errors = tf.reduce_mean(tf.square(y - model(x)), axis=0) + floor
        weighted = tf.reduce_sum(tf.exp(-balance) * errors)
    gradients = tape.gradient(weighted, model.trainable_variables)
    by_balance = 1.0 - tf.exp(-balance) * errors
    total = weighted + tf.reduce_sum(balance)
    optimizer.apply_gradients([*zip(gradients, model.trainable_variables), (by_balance, balance)])
    return total
