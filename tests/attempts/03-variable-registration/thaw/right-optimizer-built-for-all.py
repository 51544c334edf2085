# The optimizer knows all variables from the start.
def fine_tune(model, batches, warm_up, rate):
    body = model.get_layer("body")
    optimizer = keras.optimizers.SGD(rate)
    optimizer.build(model.trainable_variables)
    body.trainable = False
    losses = []
    for i, (x, y) in enumerate(batches):
        if i == warm_up:
            body.trainable = True
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(float(loss))
    body.trainable = True
    return losses
