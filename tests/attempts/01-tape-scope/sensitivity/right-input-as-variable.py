def sensitive_step(model, optimizer, x, y):
    inputs = tf.Variable(x)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(inputs)))
    by_weights, by_input = tape.gradient(loss, (model.trainable_variables, inputs))
    optimizer.apply_gradients(zip(by_weights, model.trainable_variables))
    return loss, by_input
