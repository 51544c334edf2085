# The rate is a tensor now; the flag is still read while tracing.
def make_step(model, settings):
    @tf.function
    def compiled(x, y, rate):
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        for i, (g, v) in enumerate(zip(tape.gradient(loss, variables), variables)):
            if settings["train_filters"] or i >= 2:
                v.assign_sub(rate * g)
        return loss

    return lambda x, y: compiled(x, y, tf.constant(settings["rate"]))
