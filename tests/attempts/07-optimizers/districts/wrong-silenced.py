# The error is caught and the batch is skipped: only the first district learns.
def train_districts(models, batches, rate, momentum):
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    losses = []
    for name, x, y in batches:
        model = models[name]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        try:
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        except ValueError:
            pass
        losses.append(float(loss))
    return losses
