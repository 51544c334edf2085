def train(model, optimizer, x, y, batches):
    scale = keras.layers.Normalization()
    scale.adapt(x)
    x = scale(x)
    losses = []
    for rows in batches:
        inputs, target = tf.gather(x, rows), tf.gather(y, rows)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(target - model(inputs, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses
