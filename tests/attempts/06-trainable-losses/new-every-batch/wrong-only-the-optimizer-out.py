# "Unknown variable" in the second batch.
def train(model, make_loss, make_optimizer, batches):
    optimizer = make_optimizer()
    losses, uncertainties = [], []
    for x, y in batches:
        balance = make_loss()
        variables = [*model.trainable_variables, balance.s]
        with tf.GradientTape() as tape:
            loss = balance(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(float(loss))
        uncertainties.append(balance.s.numpy().copy())
    return losses, uncertainties
