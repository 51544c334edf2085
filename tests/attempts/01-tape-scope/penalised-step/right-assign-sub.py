def penalised_step(model, optimizer, x, y, strength):
    with tf.GradientTape() as tape:
        total = tf.reduce_mean(tf.square(y - model(x)))
        for layer in model.layers:
            total += strength * tf.reduce_sum(tf.square(layer.kernel))
    for g, v in zip(tape.gradient(total, model.trainable_variables), model.trainable_variables):
        v.assign_sub(optimizer.learning_rate * g)
    return total
