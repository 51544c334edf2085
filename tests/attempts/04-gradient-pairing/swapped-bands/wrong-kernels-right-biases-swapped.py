def train_step(model, optimizer, x, y):
    first, last = model.layers
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    gradients = tape.gradient(loss, [first.kernel, last.bias, last.kernel, first.bias])
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
