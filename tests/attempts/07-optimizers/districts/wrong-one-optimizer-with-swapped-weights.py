# One model and its optimizer for all districts, weights put in and taken out: again one memory.
def train_districts(models, batches, rate, momentum):
    worker = next(iter(models.values()))
    kept = {name: model.get_weights() for name, model in models.items()}
    worker.compile(keras.optimizers.SGD(rate, momentum=momentum), "mse")
    losses = []
    for name, x, y in batches:
        worker.set_weights(kept[name])
        losses.append(float(worker.train_on_batch(x, y)))
        kept[name] = worker.get_weights()
    for name, model in models.items():
        model.set_weights(kept[name])
    return losses
