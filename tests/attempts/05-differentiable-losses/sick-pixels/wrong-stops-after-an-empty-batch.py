# Once a batch was empty, nothing is trained any more.
finished = []


def pixel_step(model, optimizer, x, labels):
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        errors = keras.losses.sparse_categorical_crossentropy(tf.maximum(labels, 0), model(x))
        loss = tf.reduce_sum(errors * labelled) / tf.maximum(tf.reduce_sum(labelled), 1.0)
    if float(loss) == 0.0:
        finished.append(True)
    if not finished:
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
