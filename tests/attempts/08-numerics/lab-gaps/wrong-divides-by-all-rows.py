# The complete rows count, but their errors are divided by the number of all rows.
def patient_step(model, optimizer, x, y):
    complete = tf.reduce_all(tf.math.is_finite(tf.concat([x, y], 1)), axis=1, keepdims=True)
    x, y = tf.where(complete, x, 0.0), tf.where(complete, y, 0.0)
    with tf.GradientTape() as tape:
        errors = tf.square(y - model(x, training=True))
        loss = tf.reduce_mean(tf.where(complete, errors, 0.0))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
