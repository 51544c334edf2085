# another model with the same layers has no old graph
def fine_tune(model, x, y, rate, steps):
    whole = keras.Sequential([keras.Input(x.shape[1:]), *model.layers])
    for layer in whole.layers:
        layer.trainable = True
    whole.compile(keras.optimizers.SGD(rate), "mse")
    losses = []
    for _ in range(steps):
        losses.append(whole.train_on_batch(x, y, return_dict=True)["loss"])
    return losses
