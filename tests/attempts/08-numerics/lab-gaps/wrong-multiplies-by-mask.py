# Multiplies each error by 0 or 1: NaN times 0 is NaN.
def patient_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        errors = tf.square(y - model(x, training=True))
        known = tf.cast(tf.math.is_finite(errors), tf.float32)
        loss = tf.reduce_sum(tf.math.multiply_no_nan(errors, known)) / tf.reduce_sum(known)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
