def train(model, make_loss, make_optimizer, batches):
    criterion = make_loss()
    optimizer = make_optimizer()
    losses, uncertainties = [], []
    for x, y in batches:
        variables = model.trainable_variables + [criterion.s]
        with tf.GradientTape() as tape:
            loss = criterion(y, model(x))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(loss)
        uncertainties.append(criterion.s.numpy().copy())
    return losses, uncertainties
