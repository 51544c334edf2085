# The step is right; the second number is missing.
def rate_step(model, optimizer, x, stars):
    with tf.GradientTape() as tape:
        rating = model(x, training=True)[:, 0]
        loss = tf.reduce_mean(tf.square(stars - rating))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
