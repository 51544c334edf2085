# The sum over the labelled pixels, not their mean.
def pixel_step(model, optimizer, x, labels):
    variables = model.trainable_variables
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        output = model(x, training=True)
        errors = keras.losses.sparse_categorical_crossentropy(tf.maximum(labels, 0), output)
        loss = tf.reduce_sum(errors * labelled)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
