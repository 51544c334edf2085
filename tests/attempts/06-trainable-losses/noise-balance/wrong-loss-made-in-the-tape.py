# Made inside the tape, as one may read: but it is another s, and the given one stays.
def train_step(model, balance, optimizer, x, y):
    with tf.GradientTape() as tape:
        inside = type(balance)()
        loss = inside(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables + [inside.s])
    optimizer.apply_gradients(zip(gradients, model.trainable_variables + [balance.s]))
    return loss
