# the weights are right, the first phase's losses are missing
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    model.compile(optimizer, "mse")
    model.fit(x, y, batch_size=len(x), epochs=warm, verbose=0)
    model.get_layer("base").trainable = False
    model.compile(optimizer, "mse")
    return model.fit(x, y, batch_size=len(x), epochs=more, verbose=0).history["loss"]
