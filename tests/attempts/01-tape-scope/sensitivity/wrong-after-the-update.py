# The sensitivity is taken at the weights after the update.
def sensitive_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    with tf.GradientTape() as tape:
        tape.watch(x)
        again = tf.reduce_mean(tf.square(y - model(x)))
    return loss, tape.gradient(again, x)
