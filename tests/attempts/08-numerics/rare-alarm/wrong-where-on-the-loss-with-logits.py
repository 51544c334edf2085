# The exact formula where it is safe, and the clipped logarithm elsewhere: a wrong slope there.
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        z = model(x, training=True)
        small = tf.clip_by_value(z, -16.0, 16.0)
        p = tf.sigmoid(small)
        loss = -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(y, z))
