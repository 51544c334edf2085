# A Python number as argument: right numbers, and a tracing for each.
def make_step(model, settings):
    @tf.function
    def compiled(x, y, rate, flag):
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        for i, (g, v) in enumerate(zip(tape.gradient(loss, variables), variables)):
            if flag or i >= 2:
                v.assign_sub(rate * g)
        return loss

    return lambda x, y: compiled(x, y, settings["rate"], settings["train_filters"])
