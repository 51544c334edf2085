# stands still in time, but the head's momentum is gone
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    model.compile(keras.optimizers.SGD(rate, momentum=momentum), "mse")
    first = model.fit(x, y, batch_size=len(x), epochs=warm, verbose=0)
    model.get_layer("base").trainable = False
    model.compile(keras.optimizers.SGD(rate, momentum=momentum), "mse")
    second = model.fit(x, y, batch_size=len(x), epochs=more, verbose=0)
    return first.history["loss"] + second.history["loss"]
