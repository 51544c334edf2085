# The step is right, what is returned is the loss and not the similarity.
def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = keras.losses.CosineSimilarity()(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
