# Two variables hold the settings; ordinary Python refreshes them at each call.
def make_step(model, settings):
    rate = tf.Variable(0.0, trainable=False)
    awake = tf.Variable(0.0, trainable=False)

    @tf.function
    def compiled(x, y):
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        for i, (g, v) in enumerate(zip(tape.gradient(loss, variables), variables)):
            v.assign_sub(rate * g * (awake if i < 2 else 1.0))
        return loss

    def step(x, y):
        rate.assign(settings["rate"])
        awake.assign(1.0 if settings["train_filters"] else 0.0)
        return compiled(x, y)

    return step
