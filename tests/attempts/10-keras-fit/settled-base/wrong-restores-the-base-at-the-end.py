# the base is put back, the head was trained on a moving one
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    model.compile(keras.optimizers.SGD(rate, momentum=momentum), "mse")
    first = model.fit(x, y, batch_size=len(x), epochs=warm, verbose=0)
    base = model.get_layer("base")
    kept = base.get_weights()
    second = model.fit(x, y, batch_size=len(x), epochs=more, verbose=0)
    base.set_weights(kept)
    return first.history["loss"] + second.history["loss"]
