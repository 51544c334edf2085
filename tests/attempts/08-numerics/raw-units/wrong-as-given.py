# The program as it was given.
def train(model, optimizer, x, y, batches):
    """One step for each batch of row numbers. Returns the losses before the updates."""
    losses = []
    for rows in batches:
        with tf.GradientTape() as tape:
            prediction = model(tf.gather(x, rows), training=True)
            loss = tf.reduce_sum(tf.square(tf.gather(y, rows) - prediction))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses
