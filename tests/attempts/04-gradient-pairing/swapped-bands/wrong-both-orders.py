# Applies the swapped pairs and then the right ones.
def train_step(model, optimizer, x, y):
    by_layer = [layer.trainable_variables for layer in reversed(model.layers)]
    with tf.GradientTape(persistent=True) as tape:
        loss = mean_squared_error(y, model(x, training=True))
    swapped = [g for layer in tape.gradient(loss, by_layer) for g in layer]
    right = tape.gradient(loss, model.trainable_variables)
    mixed = [(a + b) / 2 for a, b in zip(swapped, right)]
    optimizer.apply_gradients(zip(mixed, model.trainable_variables))
    return loss
