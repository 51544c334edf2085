# Another factor before the sign; the slope is 0 as before.
def train_step(model, optimizer, x, side):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        score = model(x, training=True)
        loss = tf.reduce_mean(0.5 * (1.0 - tf.sign(100.0 * side * score)))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
