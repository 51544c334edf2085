# More digits only move the place where a probability is exactly 1.
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        p = tf.sigmoid(tf.cast(model(x, training=True), tf.float64))
        labels = tf.cast(y, tf.float64)
        loss = -tf.reduce_mean(labels * tf.math.log(p) + (1 - labels) * tf.math.log(1 - p))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return tf.cast(loss, tf.float32)
