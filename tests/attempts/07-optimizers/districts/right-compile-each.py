def train_districts(models, batches, rate, momentum):
    for model in models.values():
        model.compile(optimizer=keras.optimizers.SGD(rate, momentum=momentum), loss="mse")
    return [float(models[name].train_on_batch(x, y)) for name, x, y in batches]
