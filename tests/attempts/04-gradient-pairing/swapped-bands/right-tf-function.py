@tf.function
def compiled(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


def train_step(model, optimizer, x, y):
    return compiled(model, optimizer, x, y)
