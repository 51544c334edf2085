# Zeros in place of None have the right shape and no content.
def sensitive_step(model, optimizer, x, y):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    by_input = tape.gradient(loss, x, unconnected_gradients="zero")
    return loss, by_input
