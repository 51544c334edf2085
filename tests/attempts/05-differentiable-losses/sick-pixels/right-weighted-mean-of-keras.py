weighted = keras.losses.SparseCategoricalCrossentropy(reduction="mean_with_sample_weight")


def pixel_step(model, optimizer, x, labels):
    with tf.GradientTape() as tape:
        labelled = tf.cast(labels >= 0, tf.float32)
        loss = weighted(tf.maximum(labels, 0), model(x, training=True), sample_weight=labelled)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
