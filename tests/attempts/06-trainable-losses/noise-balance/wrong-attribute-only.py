# Makes s the model's, after the list of variables was read.
def train_step(model, balance, optimizer, x, y):
    variables = model.trainable_variables
    if not hasattr(model, "balance_s"):
        model.balance_s = balance.s
    with tf.GradientTape() as tape:
        loss = balance(y, model(x))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables[:4]), variables[:4]))
    return loss
