# Only s is trained, with one loss object and one optimizer.
def train(model, make_loss, make_optimizer, batches):
    balance, optimizer = make_loss(), make_optimizer()
    losses, uncertainties = [], []
    for x, y in batches:
        with tf.GradientTape() as tape:
            loss = balance(y, model(x, training=True))
        optimizer.apply_gradients([(tape.gradient(loss, balance.s), balance.s)])
        losses.append(float(loss))
        uncertainties.append(balance.s.numpy().copy())
    return losses, uncertainties
