# With no complete row it returns the loss of the call before.
last = 0.0


def patient_step(model, optimizer, x, y):
    global last
    keep = tf.reduce_all(tf.math.is_finite(tf.concat([x, y], 1)), axis=1)
    if not tf.reduce_any(keep):
        return last
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y[keep] - model(x[keep], training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    last = float(loss)
    return loss
