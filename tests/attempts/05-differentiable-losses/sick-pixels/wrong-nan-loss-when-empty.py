# The mean over nothing is NaN, although nothing moves.
def pixel_step(model, optimizer, x, labels):
    variables = model.trainable_variables
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        output = model(x, training=True)
        errors = keras.losses.sparse_categorical_crossentropy(tf.maximum(labels, 0), output)
        loss = tf.reduce_mean(tf.boolean_mask(errors, labels >= 0))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
