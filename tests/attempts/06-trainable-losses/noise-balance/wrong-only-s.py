def train_step(model, balance, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = balance(y, model(x))
    optimizer.apply_gradients([(tape.gradient(loss, balance.s), balance.s)])
    return loss
