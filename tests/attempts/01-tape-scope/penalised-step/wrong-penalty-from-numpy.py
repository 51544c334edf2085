# The penalty is inside the block and in NumPy: a constant to the tape.
def penalised_step(model, optimizer, x, y, strength):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x)))
        penalty = sum(float(np.sum(layer.kernel.numpy() ** 2)) for layer in model.layers)
        total = error + strength * penalty
    gradients = tape.gradient(total, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return total
