# The program as it was given.
def patient_step(model, optimizer, x, y):
    """One training step on the complete rows. Returns the loss before the update."""
    with tf.GradientTape() as tape:
        errors = tf.square(y - model(x, training=True))
        known = tf.math.is_finite(errors)
        loss = tf.reduce_sum(tf.where(known, errors, 0.0)) / tf.reduce_sum(tf.cast(known, tf.float32))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
