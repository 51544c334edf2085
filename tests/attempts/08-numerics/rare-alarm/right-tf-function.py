@tf.function
def loss_and_gradients(logits, y):
    with tf.GradientTape() as tape:
        tape.watch(logits)
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits))
    return loss, tape.gradient(loss, logits)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
    loss, back = loss_and_gradients(logits, y)
    gradients = tape.gradient(logits, model.trainable_variables, output_gradients=back)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
