# Built for all variables, the optimizer may be called in two parts.
def train_step(model, balance, optimizer, x, y):
    weights = model.trainable_variables
    if not optimizer.built:
        optimizer.build([*weights, balance.s])
    with tf.GradientTape() as tape:
        loss = balance(y, model(x))
    gradients, by_s = tape.gradient(loss, (weights, balance.s))
    optimizer.apply_gradients(zip(gradients, weights))
    optimizer.apply_gradients([(by_s, balance.s)])
    return loss
