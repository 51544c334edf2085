# Keras' own loss and metric align the two shapes.
def rate_step(model, optimizer, x, stars):
    with tf.GradientTape() as tape:
        rating = model(x, training=True)
        loss = keras.losses.MeanSquaredError()(stars, rating)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    off = keras.metrics.MeanAbsoluteError()
    off.update_state(stars, tf.round(rating))
    return loss, off.result()
