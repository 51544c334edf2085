# Selects the labelled pixels first, and does nothing when there are none.
def pixel_step(model, optimizer, x, labels):
    labelled = labels >= 0
    if not tf.reduce_any(labelled):
        return tf.constant(0.0)
    with tf.GradientTape() as tape:
        chances = tf.boolean_mask(model(x, training=True), labelled)
        right = tf.gather(chances, tf.boolean_mask(labels, labelled), batch_dims=1)
        loss = -tf.reduce_mean(tf.math.log(right))
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return loss
