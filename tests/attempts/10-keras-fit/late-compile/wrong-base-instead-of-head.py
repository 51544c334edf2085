# thaws the base and freezes the head in exchange
def fine_tune(model, x, y, rate, steps):
    model.get_layer("base").trainable = True
    model.get_layer("head").trainable = False
    model.compile(keras.optimizers.SGD(rate), "mse")
    return [model.train_on_batch(x, y) for _ in range(steps)]
