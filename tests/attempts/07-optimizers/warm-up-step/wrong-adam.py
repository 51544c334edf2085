# A more advanced optimizer, kept from call to call.
adam = keras.optimizers.Adam(0.05)


def train_step(model, optimizer, x, y, rate):
    optimizer, adam.learning_rate = adam, rate
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
