# The optimizer is still new each time, and has no momentum.
def train(model, make_loss, make_optimizer, batches):
    balance = make_loss()
    losses, uncertainties = [], []
    for x, y in batches:
        optimizer = make_optimizer()
        variables = [*model.trainable_variables, balance.s]
        with tf.GradientTape() as tape:
            loss = balance(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(float(loss))
        uncertainties.append(balance.s.numpy().copy())
    return losses, uncertainties
