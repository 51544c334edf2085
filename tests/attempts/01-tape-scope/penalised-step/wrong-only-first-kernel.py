# Only one of the kernels is penalised.
def penalised_step(model, optimizer, x, y, strength):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x)))
        total = error + strength * tf.reduce_sum(tf.square(model.layers[0].kernel))
    gradients = tape.gradient(total, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return total
