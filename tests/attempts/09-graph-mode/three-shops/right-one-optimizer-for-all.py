# One optimizer, built for the variables of all shops.
def train_shops(models, batches, rate, momentum):
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    optimizer.build([v for model in models.values() for v in model.trainable_variables])

    @tf.function
    def step(name, pairs, stars):
        model = models[name]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(stars - model(pairs, training=True)))
        optimizer.apply_gradients(
            zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        )
        return loss

    return [step(name, pairs, stars).numpy() for name, pairs, stars in batches]
