# Two requests of a persistent tape, one call of the optimizer.
def train_step(model, balance, optimizer, x, y):
    with tf.GradientTape(persistent=True) as tape:
        loss = balance(y, model(x, training=True))
    for_model = tape.gradient(loss, model.trainable_variables)
    for_s = tape.gradient(loss, balance.s)
    optimizer.apply([*for_model, for_s], [*model.trainable_variables, balance.s])
    return float(loss)
