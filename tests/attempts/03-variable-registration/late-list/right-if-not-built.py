# Builds the model at the first step, when it has seen data.
def make_step(model, optimizer):
    def step(x, y):
        if not model.built or not model.layers[-1].built:
            model(x)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        weights = model.trainable_weights
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss

    return step
