# The value goes along to the new object, the momentum does not.
def train(model, make_loss, make_optimizer, batches):
    losses, uncertainties, last = [], [], None
    for x, y in batches:
        balance, optimizer = make_loss(), make_optimizer()
        if last is not None:
            balance.s.assign(last)
        variables = [*model.trainable_variables, balance.s]
        with tf.GradientTape() as tape:
            loss = balance(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        last = balance.s.numpy().copy()
        losses.append(float(loss))
        uncertainties.append(last)
    return losses, uncertainties
