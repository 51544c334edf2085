# Only the reported stars are those after the update.
def rate_step(model, optimizer, x, stars):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(stars - model(x)[:, 0]))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss, tf.reduce_mean(tf.abs(stars - tf.round(model(x)[:, 0])))
