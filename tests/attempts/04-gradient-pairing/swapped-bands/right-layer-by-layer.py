def train_step(model, optimizer, x, y):
    by_layer = [layer.trainable_variables for layer in reversed(model.layers)]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    pairs = []
    for variables, gradients in zip(by_layer, tape.gradient(loss, by_layer)):
        pairs += zip(gradients, variables)
    optimizer.apply_gradients(pairs)
    return loss
