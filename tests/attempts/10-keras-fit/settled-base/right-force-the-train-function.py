# the graph is made anew without a compile
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    model.compile(keras.optimizers.SGD(rate, momentum), "mse")
    losses = list(model.fit(x, y, batch_size=len(x), epochs=warm, verbose=0).history["loss"])
    model.layers[0].trainable = False
    model.make_train_function(force=True)
    return losses + model.fit(x, y, batch_size=len(x), epochs=more, verbose=0).history["loss"]
