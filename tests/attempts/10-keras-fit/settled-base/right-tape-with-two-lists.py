# a loop of one's own; the optimizer gets fewer variables later
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    optimizer = keras.optimizers.SGD(rate, momentum)
    optimizer.build(model.trainable_variables)
    losses = []
    for epoch in range(warm + more):
        variables = model.trainable_variables if epoch < warm else model.get_layer("head").trainable_variables
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(keras.ops.square(y - model(x, training=True)))
        optimizer.apply_gradients(list(zip(tape.gradient(loss, variables), variables)))
        losses.append(float(loss))
    return losses
