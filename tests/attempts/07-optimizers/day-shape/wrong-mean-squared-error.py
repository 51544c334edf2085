# Another objective: it may raise the similarity, and is not the step that is asked for.
def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return -keras.losses.CosineSimilarity()(y, prediction)
