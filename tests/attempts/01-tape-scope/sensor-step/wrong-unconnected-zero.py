# Zeros in place of None are silent, and nothing moves.
def train_step(model, optimizer, x, y):
    variables = [v.value for v in model.trainable_variables]
    prediction = model(x, training=True)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
