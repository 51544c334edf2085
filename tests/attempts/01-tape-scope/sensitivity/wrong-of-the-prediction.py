# The derivative of the prediction, not of the loss.
def sensitive_step(model, optimizer, x, y):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        prediction = model(x)
        loss = tf.reduce_mean(tf.square(y - prediction))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss, tape.gradient(prediction, x)
