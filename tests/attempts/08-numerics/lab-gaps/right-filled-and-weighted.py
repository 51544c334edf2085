# Gaps are filled with 0 first; then the rows get the weight 0, and nothing is NaN times 0.
def patient_step(model, optimizer, x, y):
    complete = tf.reduce_all(tf.math.is_finite(tf.concat([x, y], 1)), axis=1, keepdims=True)
    weight = tf.cast(complete, tf.float32)
    x, y = tf.where(complete, x, 0.0), tf.where(complete, y, 0.0)
    with tf.GradientTape() as tape:
        errors = tf.square(y - model(x, training=True))
        loss = tf.math.divide_no_nan(tf.reduce_sum(weight * errors), tf.reduce_sum(weight))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
