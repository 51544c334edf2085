# A Keras optimizer whose rate is set at each call; the flag is a tensor, and `if` on it becomes tf.cond.
def make_step(model, settings):
    everything = keras.optimizers.SGD(0.1)
    head_only = keras.optimizers.SGD(0.1)
    everything.build(model.trainable_variables)
    head_only.build(model.trainable_variables[2:])

    @tf.function
    def compiled(x, y, flag):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        grads = tape.gradient(loss, model.trainable_variables)
        if flag:
            everything.apply(grads, model.trainable_variables)
        else:
            head_only.apply(grads[2:], model.trainable_variables[2:])
        return loss

    def step(x, y):
        everything.learning_rate = settings["rate"]
        head_only.learning_rate.assign(settings["rate"])
        return compiled(x, y, tf.constant(settings["train_filters"]))

    return step
