mse = keras.losses.MeanSquaredError()


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = mse(y, model(x))
    optimizer.apply(tape.gradient(loss, model.trainable_weights), model.trainable_weights)
    return float(loss)
