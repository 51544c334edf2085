# One object makes the loss, another one's s goes to the optimizer.
def train(model, make_loss, make_optimizer, batches):
    optimizer, other = make_optimizer(), make_loss()
    losses, uncertainties = [], []
    for x, y in batches:
        balance = make_loss()
        with tf.GradientTape() as tape:
            loss = balance(y, model(x, training=True))
        gradients = tape.gradient(loss, [*model.trainable_variables, balance.s])
        optimizer.apply_gradients(zip(gradients, [*model.trainable_variables, other.s]))
        losses.append(float(loss))
        uncertainties.append(other.s.numpy().copy())
    return losses, uncertainties
