# Not plain gradient descent any more.
def fine_tune(model, batches, warm_up, rate):
    body = model.get_layer("body")
    optimizer = keras.optimizers.SGD(rate, momentum=0.9)
    optimizer.build(model.trainable_variables)
    losses = []
    for i, (x, y) in enumerate(batches):
        body.trainable = i >= warm_up
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(float(loss))
    return losses
