# Stretches the list that belongs to the caller: right in the first call only.
def layered_step(model, gain, rates, x, y):
    rates.insert(1, rates[0])
    rates.insert(3, rates[2])
    variables = [*model.trainable_variables, gain]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    for r, v, g in zip(rates, variables, tape.gradient(loss, variables)):
        v.assign_sub(r * g)
    return loss
