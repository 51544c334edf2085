# compiles only when all is done
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    model.compile(optimizer, "mse")
    first = model.fit(x, y, batch_size=len(x), epochs=warm, verbose=0)
    model.get_layer("base").trainable = False
    second = model.fit(x, y, batch_size=len(x), epochs=more, verbose=0)
    model.compile(optimizer, "mse")
    return first.history["loss"] + second.history["loss"]
