# Writes the wrong attribute as well as looking at the right one.
def train_step(model, optimizer, x, y, rate):
    optimizer.lr = rate
    assert float(optimizer.learning_rate) >= 0
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
