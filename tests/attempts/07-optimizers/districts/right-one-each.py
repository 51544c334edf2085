def train_districts(models, batches, rate, momentum):
    optimizers = {name: keras.optimizers.SGD(rate, momentum) for name in models}
    losses = []
    for name, x, y in batches:
        model = models[name]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizers[name].apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(loss.numpy())
    return losses
