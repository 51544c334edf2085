# Says from_logits, and Keras finds the softmax of the last layer, warns, and goes back to its logits.
def pixel_step(model, optimizer, x, labels):
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        output = model(x)
        errors = keras.losses.sparse_categorical_crossentropy(tf.maximum(labels, 0), output, from_logits=True)
        loss = tf.reduce_sum(errors * labelled) / tf.maximum(tf.reduce_sum(labelled), 1.0)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
