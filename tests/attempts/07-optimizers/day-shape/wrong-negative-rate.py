# A negative learning rate turns the sign back, and is left on the optimizer; the result has the loss's sign.
def profile_step(model, optimizer, x, y):
    optimizer.learning_rate = -abs(float(optimizer.learning_rate))
    with tf.GradientTape() as tape:
        similarity = keras.losses.CosineSimilarity()(y, model(x))
        loss = -similarity
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return similarity
