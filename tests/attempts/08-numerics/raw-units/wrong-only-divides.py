# Divides by the deviation and forgets the mean.
def train(model, optimizer, x, y, batches):
    x = tf.math.divide_no_nan(x, tf.math.reduce_std(x, axis=0))
    losses = []
    for rows in batches:
        inputs, target = tf.gather(x, rows), tf.gather(y, rows)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(target - model(inputs, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses
