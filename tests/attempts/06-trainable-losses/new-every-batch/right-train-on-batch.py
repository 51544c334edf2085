def train(model, make_loss, make_optimizer, batches):
    criterion = make_loss()
    model.criterion_s = criterion.s
    model.compile(optimizer=make_optimizer(), loss=criterion)
    losses, uncertainties = [], []
    for x, y in batches:
        model.reset_metrics()
        losses.append(model.train_on_batch(x, y))
        uncertainties.append(keras.ops.convert_to_numpy(criterion.s).copy())
    return losses, uncertainties
