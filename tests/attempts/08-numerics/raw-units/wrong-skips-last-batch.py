# The last batch is left out of the training; its loss is only computed.
def train(model, optimizer, x, y, batches):
    x = tf.math.divide_no_nan(x - tf.reduce_mean(x, axis=0), tf.math.reduce_std(x, axis=0))
    losses = []
    for i, rows in enumerate(batches):
        inputs, target = tf.gather(x, rows), tf.gather(y, rows)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(target - model(inputs, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        if i + 1 < len(batches):
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses
