# Fills the gaps with 0 and lets these rows count.
def patient_step(model, optimizer, x, y):
    x, y = tf.where(tf.math.is_nan(x), 0.0, x), tf.where(tf.math.is_nan(y), 0.0, y)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
