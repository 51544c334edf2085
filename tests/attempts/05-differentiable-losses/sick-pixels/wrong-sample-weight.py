# The weights of Keras' loss object do not change the number it divides by.
def pixel_step(model, optimizer, x, labels):
    variables = model.trainable_variables
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        output = model(x, training=True)
        fn = keras.losses.SparseCategoricalCrossentropy()
        loss = fn(tf.maximum(labels, 0), output, sample_weight=labelled)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
