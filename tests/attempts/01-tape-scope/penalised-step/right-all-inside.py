def penalised_step(model, optimizer, x, y, strength):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x)))
        penalty = sum(tf.reduce_sum(layer.kernel**2) for layer in model.layers)
        total = error + strength * penalty
    gradients = tape.gradient(total, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return total
