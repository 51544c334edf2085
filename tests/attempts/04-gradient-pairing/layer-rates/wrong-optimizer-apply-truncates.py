# optimizer.apply takes two lists, and stops at the end of the shorter one as well.
def layered_step(model, gain, rates, x, y):
    encoder, decoder = model.layers
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    scale = [rates[0], rates[0], rates[1], rates[1]]
    gradients = [s * g for s, g in zip(scale, tape.gradient(loss, variables))]
    keras.optimizers.SGD(1.0).apply(gradients, variables + [gain])
    return loss
