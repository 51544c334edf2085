# Leaves the weights alone when no row is complete, but returns the NaN.
def patient_step(model, optimizer, x, y):
    keep = tf.reduce_all(tf.math.is_finite(tf.concat([x, y], 1)), axis=1)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y[keep] - model(x[keep], training=True)))
    if tf.reduce_any(keep):
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
