# Replaces every NaN by 0, in the loss and in the gradients.
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        p = tf.sigmoid(model(x, training=True))
        losses = -(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))
        loss = tf.reduce_mean(tf.where(tf.math.is_finite(losses), losses, 0.0))
    gradients = tape.gradient(loss, model.trainable_variables)
    gradients = [tf.where(tf.math.is_finite(g), g, tf.zeros_like(g)) for g in gradients]
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
