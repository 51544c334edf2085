# A sum over the batch, divided by its own number of rows; SGD by hand.
def train(model, optimizer, x, y, batches):
    centred = x - tf.reduce_mean(x, axis=0, keepdims=True)
    variance = tf.reduce_mean(centred**2, axis=0)
    x = tf.where(variance > 0, centred / tf.sqrt(tf.where(variance > 0, variance, 1.0)), 0.0)
    losses = []
    for rows in batches:
        with tf.GradientTape() as tape:
            error = tf.gather(y, rows) - model(tf.gather(x, rows), training=True)
            loss = tf.reduce_sum(error * error) / len(rows)
        for variable, gradient in zip(
            model.trainable_variables, tape.gradient(loss, model.trainable_variables)
        ):
            variable.assign_sub(optimizer.learning_rate * gradient)
        losses.append(loss)
    return losses
