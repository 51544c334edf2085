# One optimizer with rate 1, gradients scaled before.
def layered_step(model, gain, rates, x, y):
    variables = model.trainable_variables + [gain]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - gain * model(x)))
    gradients = tape.gradient(loss, variables)
    scale = [rates[0]] * 2 + [rates[1]] * 2 + [rates[2]]
    keras.optimizers.SGD(1.0).apply_gradients([(s * g, v) for s, g, v in zip(scale, gradients, variables)])
    return float(loss)
