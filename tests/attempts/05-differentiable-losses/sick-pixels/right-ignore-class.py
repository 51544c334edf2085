# Keras knows about ignored classes.
masked = keras.losses.SparseCategoricalCrossentropy(ignore_class=-1)


def pixel_step(model, optimizer, x, labels):
    with tf.GradientTape() as tape:
        loss = masked(labels, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
