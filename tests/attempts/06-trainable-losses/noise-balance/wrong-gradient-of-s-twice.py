# A tape within the tape, and both are applied.
def train_step(model, balance, optimizer, x, y):
    variables = model.trainable_variables + [balance.s]
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            loss = balance(y, model(x))
        again = inner.gradient(loss, balance.s)
    optimizer.apply_gradients(zip(outer.gradient(loss, variables), variables))
    balance.s.assign_sub(optimizer.learning_rate * again)
    return loss
