def train_districts(models, batches, rate, momentum):
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    optimizer.build([v for model in models.values() for v in model.trainable_variables])
    losses = []
    for name, x, y in batches:
        model = models[name]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        losses.append(float(loss))
    return losses
