# 1 − similarity is a loss, not the similarity.
def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = 1.0 + keras.losses.CosineSimilarity()(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
