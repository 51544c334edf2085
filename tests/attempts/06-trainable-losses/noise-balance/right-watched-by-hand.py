def train_step(model, balance, optimizer, x, y):
    variables = [balance.s, *model.trainable_variables]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        for variable in variables:
            tape.watch(variable.value)
        loss = balance(y, model(x))
    optimizer.apply_gradients(list(zip(tape.gradient(loss, variables), variables)))
    return loss
