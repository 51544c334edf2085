# The odd order stays, but it is the same in both places.
def train_step(model, optimizer, x, y):
    variables = [v for layer in reversed(model.layers) for v in layer.trainable_variables]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(list(zip(gradients, variables, strict=True)))
    return float(loss)
