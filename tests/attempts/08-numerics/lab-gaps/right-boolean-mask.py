def patient_step(model, optimizer, x, y):
    keep = tf.reduce_all(tf.math.is_finite(x), axis=1) & tf.math.is_finite(y[:, 0])
    if int(tf.math.count_nonzero(keep)) == 0:
        return 0.0
    x, y = tf.boolean_mask(x, keep), tf.boolean_mask(y, keep)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
