# A new optimizer in each step forgets its momentum.
def train_step(model, balance, optimizer, x, y):
    weights = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = balance(y, model(x))
    gradients, by_s = tape.gradient(loss, (weights, balance.s))
    optimizer.apply_gradients(zip(gradients, weights))
    for_s = keras.optimizers.SGD(float(optimizer.learning_rate), momentum=float(optimizer.momentum))
    for_s.apply_gradients([(by_s, balance.s)])
    return loss
