# The mask is right, the softmax is applied twice.
def pixel_step(model, optimizer, x, labels):
    variables = model.trainable_variables
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        output = model(x, training=True)
        errors = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.maximum(labels, 0), output)
        loss = tf.reduce_sum(errors * labelled) / tf.maximum(tf.reduce_sum(labelled), 1.0)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
