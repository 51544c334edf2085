# Each shop has a compiled step of its own, made when it is first needed.
def train_shops(models, batches, rate, momentum):
    def make(model):
        optimizer = keras.optimizers.SGD(rate, momentum=momentum)

        @tf.function
        def step(pairs, stars):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(stars - model(pairs, training=True)))
            optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
            return loss

        return step

    steps, losses = {}, []
    for name, pairs, stars in batches:
        if name not in steps:
            steps[name] = make(models[name])
        losses.append(float(steps[name](pairs, stars)))
    return losses
