# Settings are read outside; the rate goes in as a tensor, the flag as a Python bool (two tracings).
def make_step(model, settings):
    @tf.function
    def compiled(x, y, rate, train_filters):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        trained = model.trainable_variables if train_filters else model.trainable_variables[2:]
        for g, v in zip(tape.gradient(loss, trained), trained):
            v.assign_sub(rate * g)
        return loss

    return lambda x, y: compiled(x, y, tf.constant(settings["rate"]), settings["train_filters"])
