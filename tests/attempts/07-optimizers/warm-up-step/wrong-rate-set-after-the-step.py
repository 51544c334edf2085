# The rate is set too late: each step uses that of the step before.
def train_step(model, optimizer, x, y, rate):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    optimizer.learning_rate = rate
    return loss
