# Shrinking the kernels after the step is not a step on the sum: it starts from moved weights.
def penalised_step(model, optimizer, x, y, strength):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x)))
    total = error + strength * tf.add_n([tf.reduce_sum(tf.square(layer.kernel)) for layer in model.layers])
    gradients = tape.gradient(error, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    for layer in model.layers:
        layer.kernel.assign(layer.kernel * (1 - strength * 0.1))
    return total
