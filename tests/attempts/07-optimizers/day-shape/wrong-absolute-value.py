# The absolute value of the similarity is returned, and minimised as a loss.
def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        similarity = tf.abs(keras.losses.CosineSimilarity()(y, model(x)))
    gradients = tape.gradient(similarity, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return similarity
