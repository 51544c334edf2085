# The mask takes away what Keras would have noticed the softmax by: two softmaxes, silently.
def pixel_step(model, optimizer, x, labels):
    labelled = labels >= 0
    if not tf.reduce_any(labelled):
        return 0.0
    cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        output = tf.boolean_mask(model(x, training=True), labelled)
        loss = cross_entropy(tf.boolean_mask(labels, labelled), output)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
