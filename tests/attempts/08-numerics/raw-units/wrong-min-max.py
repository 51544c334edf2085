# Scales to 0..1.
def train(model, optimizer, x, y, batches):
    low, high = tf.reduce_min(x, axis=0), tf.reduce_max(x, axis=0)
    x = tf.math.divide_no_nan(x - low, high - low)
    losses = []
    for rows in batches:
        inputs, target = tf.gather(x, rows), tf.gather(y, rows)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(target - model(inputs, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses
