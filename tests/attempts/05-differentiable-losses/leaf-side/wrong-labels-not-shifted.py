# The cross-entropy wants labels 0 and 1, and gets −1 and 1.
def train_step(model, optimizer, x, side):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        score = model(x, training=True)
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=side, logits=score))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
