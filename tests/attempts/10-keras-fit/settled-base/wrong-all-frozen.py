# freezes the whole model in the second phase
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    model.compile(optimizer, "mse")
    first = model.fit(x, y, batch_size=len(x), epochs=warm, verbose=0)
    model.trainable = False
    model.compile(optimizer, "mse")
    second = model.fit(x, y, batch_size=len(x), epochs=more, verbose=0)
    return first.history["loss"] + second.history["loss"]
