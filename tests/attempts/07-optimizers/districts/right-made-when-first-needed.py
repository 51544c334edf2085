def train_districts(models, batches, rate, momentum):
    optimizers, losses = {}, []
    for name, x, y in batches:
        model = models[name]
        if name not in optimizers:
            optimizers[name] = keras.optimizers.SGD(learning_rate=rate, momentum=momentum)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizers[name].apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(loss)
    return losses
