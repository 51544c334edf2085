# A straight-through sign learns, but neither loss nor gradient is the surrogate's.
def train_step(model, optimizer, x, side):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        score = model(x, training=True)
        decision = score + tf.stop_gradient(tf.sign(score) - score)
        loss = tf.reduce_mean(0.5 * (1.0 - side * decision))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
