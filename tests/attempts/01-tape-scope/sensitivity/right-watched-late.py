# Late, but in time: the first layer's operation is recorded anyway, for its kernel.
def sensitive_step(model, optimizer, x, y):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
        tape.watch(x)
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss, tape.gradient(loss, x)
