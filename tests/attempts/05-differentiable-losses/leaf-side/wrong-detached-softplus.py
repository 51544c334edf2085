# The sign is the thing that is differentiated; the smooth part is a constant.
def train_step(model, optimizer, x, side):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        score = model(x, training=True)
        smooth = tf.reduce_mean(tf.nn.softplus(-side * score))
        hard = tf.reduce_mean(0.5 * (1.0 - side * tf.sign(score)))
        loss = hard + tf.stop_gradient(smooth - hard)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
