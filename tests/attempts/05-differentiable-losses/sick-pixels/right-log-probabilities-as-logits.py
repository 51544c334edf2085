# The logarithms of probabilities are logits of the same probabilities: a second softmax leaves them alone.
def pixel_step(model, optimizer, x, labels):
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        logits = tf.math.log(model(x))
        errors = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.maximum(labels, 0), logits)
        loss = tf.tensordot(errors, labelled, 1) / tf.maximum(tf.reduce_sum(labelled), 1.0)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
