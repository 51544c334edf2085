# A new optimizer for every batch: no error, no momentum.
def train_districts(models, batches, rate, momentum):
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    losses = []
    for name, x, y in batches:
        model = models[name]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer = keras.optimizers.SGD(rate, momentum=momentum)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses
