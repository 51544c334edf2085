# A new optimizer and a new list for the second phase.
def fine_tune(model, batches, warm_up, rate):
    body = model.get_layer("body")
    losses = []
    for phase, part in ((False, batches[:warm_up]), (True, batches[warm_up:])):
        body.trainable = phase
        variables = model.trainable_variables
        optimizer = keras.optimizers.SGD(rate)
        for x, y in part:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x)))
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
            losses.append(float(loss))
    return losses
