# Keras compiles one step for each model.
def train_shops(models, batches, rate, momentum):
    for model in models.values():
        model.compile(keras.optimizers.SGD(rate, momentum=momentum), "mse")
    losses = []
    for name, pairs, stars in batches:
        models[name].reset_metrics()
        losses.append(float(models[name].train_on_batch(pairs, stars)))
    return losses
