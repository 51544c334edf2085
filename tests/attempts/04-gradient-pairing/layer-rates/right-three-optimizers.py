def layered_step(model, gain, rates, x, y):
    groups = [layer.trainable_variables for layer in model.layers] + [[gain]]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    gradients = tape.gradient(loss, groups)
    for rate, g, v in zip(rates, gradients, groups):
        keras.optimizers.SGD(rate).apply(g, v)
    return loss
