@tf.function
def masked_error(prediction, y, weight):
    return tf.reduce_sum(weight * tf.square(y - prediction)) / tf.maximum(tf.reduce_sum(weight), 1.0)


def patient_step(model, optimizer, x, y):
    known = tf.reduce_all(x == x, axis=1, keepdims=True) & (y == y)
    weight = tf.cast(known, x.dtype)
    with tf.GradientTape() as tape:
        prediction = model(tf.where(known, x, tf.zeros_like(x)), training=True)
        loss = masked_error(prediction, tf.where(known, y, tf.zeros_like(y)), weight)
    for variable, gradient in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
        variable.assign_sub(optimizer.learning_rate * gradient)
    return loss
