# One mean and one deviation for the whole table.
def train(model, optimizer, x, y, batches):
    x = (x - tf.reduce_mean(x)) / tf.math.reduce_std(x)
    losses = []
    for rows in batches:
        inputs, target = tf.gather(x, rows), tf.gather(y, rows)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(target - model(inputs, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses
