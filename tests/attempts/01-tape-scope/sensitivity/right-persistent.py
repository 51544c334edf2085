def sensitive_step(model, optimizer, x, y):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        loss = keras.losses.MeanSquaredError()(y, model(x))
    by_input = tape.gradient(loss, x)
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return loss.numpy(), by_input.numpy()
