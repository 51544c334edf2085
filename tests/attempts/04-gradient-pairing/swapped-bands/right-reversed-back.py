# Reverses the layers' gradients back into the model's order.
def train_step(model, optimizer, x, y):
    by_layer = [layer.trainable_variables for layer in reversed(model.layers)]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    by_layer_gradients = tape.gradient(loss, by_layer)
    gradients = [g for layer in reversed(by_layer_gradients) for g in layer]
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
