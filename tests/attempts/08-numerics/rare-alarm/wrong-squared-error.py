# Another loss, without a logarithm.
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        p = tf.sigmoid(model(x, training=True))
        loss = tf.reduce_mean(tf.square(y - p))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
