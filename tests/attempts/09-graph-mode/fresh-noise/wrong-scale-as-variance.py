# The scale is taken for a variance.
def make_noisy_step(model, optimizer, scale):
    @tf.function
    def step(x, y):
        noisy = x + scale**0.5 * tf.random.normal(tf.shape(x))
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(noisy, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss, noisy

    return step
