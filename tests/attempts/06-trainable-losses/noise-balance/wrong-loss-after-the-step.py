def train_step(model, balance, optimizer, x, y):
    variables = model.trainable_variables + [balance.s]
    with tf.GradientTape() as tape:
        loss = balance(y, model(x))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return balance(y, model(x))
