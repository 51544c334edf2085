# tf.nn.l2_loss is half the sum of squares.
def penalised_step(model, optimizer, x, y, strength):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x)))
        total = error + strength * tf.add_n([tf.nn.l2_loss(layer.kernel) for layer in model.layers])
    gradients = tape.gradient(total, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return total
