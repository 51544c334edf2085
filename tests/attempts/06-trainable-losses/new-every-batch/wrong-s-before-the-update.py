def train(model, make_loss, make_optimizer, batches):
    balance, optimizer = make_loss(), make_optimizer()
    variables = [*model.trainable_variables, balance.s]
    losses, uncertainties = [], []
    for x, y in batches:
        uncertainties.append(balance.s.numpy().copy())
        with tf.GradientTape() as tape:
            loss = balance(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(float(loss))
    return losses, uncertainties
