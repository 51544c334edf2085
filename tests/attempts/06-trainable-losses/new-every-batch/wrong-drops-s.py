# Without s in the list nothing is unknown, and s learns nothing.
def train(model, make_loss, make_optimizer, batches):
    optimizer = make_optimizer()
    losses, uncertainties = [], []
    for x, y in batches:
        balance = make_loss()
        with tf.GradientTape() as tape:
            loss = balance(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
        uncertainties.append(balance.s.numpy().copy())
    return losses, uncertainties
