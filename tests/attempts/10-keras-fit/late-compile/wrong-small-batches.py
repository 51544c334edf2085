# fit with batches of 8: three steps an epoch
def fine_tune(model, x, y, rate, steps):
    model.get_layer("base").trainable = True
    model.compile(keras.optimizers.SGD(rate), "mse")
    return model.fit(x, y, batch_size=8, epochs=steps, verbose=0).history["loss"]
