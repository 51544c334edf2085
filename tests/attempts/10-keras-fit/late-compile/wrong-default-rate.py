# compiles in time, at a rate that nobody asked for
def fine_tune(model, x, y, rate, steps):
    model.get_layer("base").trainable = True
    model.compile("sgd", "mse")
    return [model.train_on_batch(x, y) for _ in range(steps)]
