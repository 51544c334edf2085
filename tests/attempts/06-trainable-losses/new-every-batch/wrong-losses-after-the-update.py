def train(model, make_loss, make_optimizer, batches):
    balance, optimizer = make_loss(), make_optimizer()
    variables = [*model.trainable_variables, balance.s]
    losses, uncertainties = [], []
    for x, y in batches:
        with tf.GradientTape() as tape:
            loss = balance(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(float(balance(y, model(x))))
        uncertainties.append(balance.s.numpy().copy())
    return losses, uncertainties
