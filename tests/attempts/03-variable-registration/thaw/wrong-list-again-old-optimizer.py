# Reads the list again; the optimizer refuses what it has not seen.
def fine_tune(model, batches, warm_up, rate):
    body = model.get_layer("body")
    body.trainable = False
    optimizer = keras.optimizers.SGD(rate)
    losses = []
    for i, (x, y) in enumerate(batches):
        if i == warm_up:
            body.trainable = True
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(float(loss))
    return losses
