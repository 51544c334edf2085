# one_hot of −1 is a row of zeros: unlabelled pixels drop out of the sum by themselves.
def pixel_step(model, optimizer, x, labels):
    wanted = tf.one_hot(labels, 3)
    with tf.GradientTape() as tape:
        total = -tf.reduce_sum(wanted * tf.math.log(model(x, training=True)))
        loss = total / tf.maximum(tf.reduce_sum(wanted), 1.0)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return float(loss)
