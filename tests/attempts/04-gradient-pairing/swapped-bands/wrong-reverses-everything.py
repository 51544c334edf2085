# Both lists reversed, and one of them reversed by layers only: shapes no longer fit.
def train_step(model, optimizer, x, y):
    by_layer = [layer.trainable_variables for layer in reversed(model.layers)]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    gradients = [g for layer in tape.gradient(loss, by_layer) for g in layer]
    optimizer.apply_gradients(zip(gradients, model.trainable_variables[::-1]))
    return loss
