# Leaves out the samples on which the model is sure.
def train_step(model, optimizer, x, y):
    unsure = tf.abs(model(x)[:, 0]) < 15.0
    x, y = x[unsure], y[unsure]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(y, model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
