# A small number in each logarithm.
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        p = tf.sigmoid(model(x, training=True))
        loss = -tf.reduce_mean(y * tf.math.log(p + 1e-7) + (1 - y) * tf.math.log(1 - p + 1e-7))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
