def sensitive_step(model, optimizer, x, y):
    with tf.GradientTape() as for_weights, tf.GradientTape(watch_accessed_variables=False) as for_input:
        for_input.watch(x)
        loss = tf.reduce_mean(tf.square(y - model(x)))
    by_input = for_input.gradient(loss, x)
    gradients = for_weights.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss, by_input
