def train_step(model, balance, optimizer, x, y):
    weights = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = balance(y, model(x))
    gradients, by_s = tape.gradient(loss, (weights, balance.s))
    optimizer.apply_gradients(zip(gradients, weights))
    balance.s.assign_sub(optimizer.learning_rate * by_s)
    return loss
