# A slip in the comparison: nothing is smaller than −1, and nothing is kept.
def pixel_step(model, optimizer, x, labels):
    variables = model.trainable_variables
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        output = model(x, training=True)
        errors = keras.losses.sparse_categorical_crossentropy(tf.maximum(labels, 0), output)
        labelled = tf.cast(labels < -1, tf.float32)
        loss = tf.reduce_sum(errors * labelled) / tf.maximum(tf.reduce_sum(labelled), 1.0)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
