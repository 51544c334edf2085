# Only loss and gradients are compiled; the update is ordinary Python, with the settings of the moment.
def make_step(model, settings):
    @tf.function
    def gradients_of(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((y - model(x)) ** 2)
        return loss, tape.gradient(loss, model.trainable_variables)

    def step(x, y):
        loss, grads = gradients_of(x, y)
        for i, (v, g) in enumerate(zip(model.trainable_variables, grads)):
            if i > 1 or settings["train_filters"]:
                v.assign(v - settings["rate"] * g)
        return float(loss)

    return step
