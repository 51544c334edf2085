# The returned number looks right, the step still goes the wrong way.
def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = keras.losses.CosineSimilarity()(y, model(x))
        negative = -loss
    gradients = tape.gradient(negative, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return -loss
