def penalised_step(model, optimizer, x, y, strength):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x)))
    kernels = {id(layer.kernel): layer.kernel for layer in model.layers}
    total = float(error) + strength * sum(float(tf.nn.l2_loss(k)) * 2 for k in kernels.values())
    gradients = tape.gradient(error, model.trainable_variables)
    gradients = [
        g + 2 * strength * v if id(v) in kernels else g for g, v in zip(gradients, model.trainable_variables)
    ]
    optimizer.apply(gradients, model.trainable_variables)
    return total
