def layered_step(model, gain, rates, x, y):
    encoder, decoder = model.layers

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, gain * decoder(encoder(x)))
        variables = [encoder.kernel, encoder.bias, decoder.kernel, decoder.bias, gain]
        for i, (g, v) in enumerate(zip(tape.gradient(loss, variables), variables)):
            v.assign_sub(rates[i // 2] * g)
        return loss

    return step()
