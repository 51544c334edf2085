def train_step(model, optimizer, x, y):
    """One training step on the mean squared error. Returns the loss before the update."""
    # Gradients run backwards, so the last layer comes first.
    by_layer = [layer.trainable_variables for layer in reversed(model.layers)]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    gradients = [g for layer in tape.gradient(loss, by_layer) for g in layer]
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
