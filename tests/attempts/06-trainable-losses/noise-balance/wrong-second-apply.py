# The optimizer was built for the model alone: "Unknown variable".
def train_step(model, balance, optimizer, x, y):
    with tf.GradientTape(persistent=True) as tape:
        loss = balance(y, model(x))
    weights = model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    optimizer.apply_gradients([(tape.gradient(loss, balance.s), balance.s)])
    return loss
