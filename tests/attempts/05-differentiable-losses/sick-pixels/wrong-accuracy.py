# One minus the accuracy, kept alive by a penalty.
def pixel_step(model, optimizer, x, labels):
    variables = model.trainable_variables
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        output = model(x, training=True)
        right = tf.cast(tf.equal(tf.argmax(output, 1, tf.int32), labels), tf.float32)
        loss = 1.0 - tf.reduce_sum(right) / tf.maximum(tf.reduce_sum(labelled), 1.0)
        loss += 0.01 * tf.add_n([tf.reduce_sum(v * v) for v in variables])
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
