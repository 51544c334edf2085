def train_districts(models, batches, rate, momentum):
    def make_step(model):
        optimizer = keras.optimizers.SGD(rate, momentum=momentum)
        optimizer.build(model.trainable_variables)

        @tf.function
        def step(x, y):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            return loss

        return step

    steps = {name: make_step(model) for name, model in models.items()}
    return [float(steps[name](x, y)) for name, x, y in batches]
