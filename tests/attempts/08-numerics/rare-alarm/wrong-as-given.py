# The program as it was given.
def train_step(model, optimizer, x, y):
    """One training step on the mean cross-entropy. Returns the loss before the update."""
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        p = tf.sigmoid(model(x, training=True))
        loss = -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
