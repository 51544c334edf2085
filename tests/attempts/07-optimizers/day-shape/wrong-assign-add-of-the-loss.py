# A plus where the loss needs a minus.
def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = keras.losses.CosineSimilarity()(y, model(x))
    for v, g in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
        v.assign_add(optimizer.learning_rate * g)
    return -loss
