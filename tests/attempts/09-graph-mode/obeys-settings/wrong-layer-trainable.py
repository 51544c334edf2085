# layer.trainable is set at each call; the traced step keeps its list of variables.
def make_step(model, settings):
    rate = tf.Variable(0.0)

    @tf.function
    def compiled(x, y):
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        for g, v in zip(tape.gradient(loss, variables), variables):
            v.assign_sub(rate * g)
        return loss

    def step(x, y):
        model.layers[0].trainable = settings["train_filters"]
        rate.assign(settings["rate"])
        loss = compiled(x, y)
        model.layers[0].trainable = True
        return loss

    return step
