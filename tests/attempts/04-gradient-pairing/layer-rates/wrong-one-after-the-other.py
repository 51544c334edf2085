# The gain's gradient is taken after the layers have moved.
def layered_step(model, gain, rates, x, y):
    losses = []
    for rate, part in zip(rates, [*[layer.trainable_variables for layer in model.layers], [gain]]):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, gain * model(x, training=True))
        for v, g in zip(part, tape.gradient(loss, part)):
            v.assign_sub(rate * g)
        losses.append(loss)
    return losses[0]
