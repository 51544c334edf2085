# the base never learns
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    model.get_layer("base").trainable = False
    model.compile(keras.optimizers.SGD(rate, momentum=momentum), "mse")
    return model.fit(x, y, batch_size=len(x), epochs=warm + more, verbose=0).history["loss"]
