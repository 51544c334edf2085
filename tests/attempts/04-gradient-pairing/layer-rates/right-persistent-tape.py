def layered_step(model, gain, rates, x, y):
    with tf.GradientTape(persistent=True) as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    updates = [(gain, rates[2] * tape.gradient(loss, gain))]
    for layer, rate in zip(model.layers, rates):
        for v in (layer.kernel, layer.bias):
            updates.append((v, rate * tape.gradient(loss, v)))
    for v, update in updates:
        v.assign(v - update)
    return loss.numpy()
