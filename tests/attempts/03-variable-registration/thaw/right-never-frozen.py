# No switch at all: a list for each phase.
def fine_tune(model, batches, warm_up, rate):
    head = model.get_layer("head").trainable_variables
    losses = []
    for i, (x, y) in enumerate(batches):
        variables = head if i < warm_up else model.trainable_variables
        with tf.GradientTape() as tape:
            loss = keras.losses.MeanSquaredError()(y, model(x))
        for v, g in zip(variables, tape.gradient(loss, variables)):
            v.assign(v - rate * g)
        losses.append(loss)
    return losses
