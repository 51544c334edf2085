# the model itself was never frozen: setting it trainable does not reach the layer
def fine_tune(model, x, y, rate, steps):
    model.trainable = True
    model.compile(keras.optimizers.SGD(rate), "mse")
    return [model.train_on_batch(x, y) for _ in range(steps)]
