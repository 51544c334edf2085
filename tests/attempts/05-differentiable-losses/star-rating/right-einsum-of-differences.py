def rate_step(model, optimizer, x, stars):
    with tf.GradientTape() as tape:
        difference = tf.reshape(stars, (-1,)) - tf.reshape(model(x, training=True), (-1,))
        loss = tf.einsum("i,i->", difference, difference) / tf.cast(tf.size(stars), tf.float32)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    rounded = tf.round(stars - difference)
    return loss.numpy(), tf.reduce_mean(tf.abs(stars - rounded)).numpy()
