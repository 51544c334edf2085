# The state of every optimizer is made before the step is compiled.
def train_shops(models, batches, rate, momentum):
    optimizers = {name: keras.optimizers.SGD(rate, momentum=momentum) for name in models}
    for name in models:
        optimizers[name].build(models[name].trainable_variables)

    @tf.function
    def step(model, optimizer, pairs, stars):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(stars - model(pairs, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return [float(step(models[n], optimizers[n], p, s)) for n, p, s in batches]
