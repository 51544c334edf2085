# An operation draws in every call.
def make_noisy_step(model, optimizer, scale):
    @tf.function
    def step(x, y):
        noisy = x + tf.random.normal(x.shape, 0.0, scale)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(noisy, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss, noisy

    return step
