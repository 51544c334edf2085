# Made inside the loop, but only once.
def train(model, make_loss, make_optimizer, batches):
    criterion = optimizer = None
    losses, uncertainties = [], []
    for x, y in batches:
        if criterion is None:
            criterion, optimizer = make_loss(), make_optimizer()
        with tf.GradientTape() as tape:
            loss = criterion(y, model(x))
        variables = [*model.trainable_variables, criterion.s]
        optimizer.apply(tape.gradient(loss, variables), variables)
        losses.append(loss.numpy())
        uncertainties.append(criterion.s.numpy().tolist())
    return losses, uncertainties
