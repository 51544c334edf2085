# a model of the head alone, fed with the base's output, and the same optimizer
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    model.compile(optimizer, "mse")
    first = model.fit(x, y, batch_size=len(x), epochs=warm, verbose=0)
    code = model.get_layer("base")(x).numpy()
    head = keras.Sequential([keras.Input(code.shape[1:]), model.get_layer("head")])
    head.compile(optimizer, "mse")
    second = head.fit(code, y, batch_size=len(x), epochs=more, verbose=0)
    return first.history["loss"] + second.history["loss"]
