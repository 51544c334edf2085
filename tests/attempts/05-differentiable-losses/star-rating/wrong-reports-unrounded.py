# The step is right, the reported number is not rounded.
def rate_step(model, optimizer, x, stars):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        rating = model(x, training=True)[:, 0]
        loss = tf.reduce_mean(tf.square(stars - rating))
    gradients = tape.gradient(loss, variables)
    pairs = [(g, v) for g, v in zip(gradients, variables) if g is not None]
    if pairs:
        optimizer.apply_gradients(pairs)
    return loss, tf.reduce_mean(tf.abs(stars - rating))
