# The step is right; what it returns is the error rate.
def train_step(model, optimizer, x, side):
    with tf.GradientTape() as tape:
        score = model(x, training=True)
        loss = tf.reduce_mean(tf.nn.softplus(-side * score))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return tf.reduce_mean(0.5 * (1.0 - side * tf.sign(score)))
