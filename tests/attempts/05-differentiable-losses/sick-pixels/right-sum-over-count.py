def pixel_step(model, optimizer, x, labels):
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        errors = keras.losses.sparse_categorical_crossentropy(tf.nn.relu(labels), model(x))
        loss = tf.math.divide_no_nan(tf.reduce_sum(errors * labelled), tf.reduce_sum(labelled))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
