# The number becomes a tensor, but still while tracing.
def make_step(model, settings):
    @tf.function
    def step(x, y):
        rate = tf.constant(settings["rate"])
        flag = tf.constant(settings["train_filters"])
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        for i, (g, v) in enumerate(zip(tape.gradient(loss, variables), variables)):
            v.assign_sub(rate * g * (1.0 if i >= 2 else tf.cast(flag, tf.float32)))
        return loss

    return step
