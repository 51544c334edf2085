# axis=0 compares blocks over the batch, not shapes of days.
def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = keras.losses.CosineSimilarity(axis=0)(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return -loss
