# Building again is silent and changes nothing, so the second try raises as well.
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
            optimizer.build([v for m in models.values() for v in m.trainable_variables])
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses
