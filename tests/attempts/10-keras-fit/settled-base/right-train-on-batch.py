# same optimizer, two compilations, single batches
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    optimizer, losses = keras.optimizers.SGD(rate, momentum=momentum), []
    for epochs, trainable in ((warm, True), (more, False)):
        model.get_layer("base").trainable = trainable
        model.compile(optimizer=optimizer, loss="mse")
        losses += [float(model.train_on_batch(x, y)) for _ in range(epochs)]
    return losses
