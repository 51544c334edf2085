def rate_step(model, optimizer, x, stars):
    with tf.GradientTape() as tape:
        rating = tf.squeeze(model(x, training=True), axis=1)
        loss = tf.reduce_mean(tf.square(stars - rating))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss, tf.reduce_mean(tf.abs(stars - tf.round(rating)))
