def layered_step(model, gain, rates, x, y):
    variables = model.trainable_variables + [gain]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    optimizer = keras.optimizers.SGD(sum(rates) / 3)
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
