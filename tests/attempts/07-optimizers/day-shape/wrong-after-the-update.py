# The similarity is taken after the update.
def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = keras.losses.CosineSimilarity()(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return -keras.losses.CosineSimilarity()(y, model(x))
