@tf.function
def one_step(model, criterion, optimizer, x, y):
    variables = model.trainable_variables + [criterion.s]
    with tf.GradientTape() as tape:
        loss = criterion(y, model(x, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


def train(model, make_loss, make_optimizer, batches):
    criterion, optimizer = make_loss(), make_optimizer()
    losses, uncertainties = [], []
    for x, y in batches:
        losses.append(float(one_step(model, criterion, optimizer, x, y)))
        uncertainties.append(np.array(criterion.s))
    return losses, uncertainties
