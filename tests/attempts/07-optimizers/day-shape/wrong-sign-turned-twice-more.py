# Turns the sign of the gradients, of the loss, and gets nowhere.
def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        similarity = -keras.losses.CosineSimilarity()(y, model(x))
        loss = -similarity
    gradients = [-g for g in tape.gradient(loss, model.trainable_variables)]
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return similarity
