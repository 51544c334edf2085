def layered_step(model, gain, rates, x, y):
    rate_of = dict(zip(("encoder", "decoder"), rates))
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    gradients, gain_gradient = tape.gradient(loss, (model.trainable_variables, gain))
    for v, g in zip(model.trainable_variables, gradients):
        v.assign_sub(rate_of[v.path.split("/")[-2]] * g)
    gain.assign_sub(rates[2] * gain_gradient)
    return loss
