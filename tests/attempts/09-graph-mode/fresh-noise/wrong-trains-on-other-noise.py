# What is returned is not what was trained on.
def make_noisy_step(model, optimizer, scale):
    @tf.function
    def step(x, y):
        noisy = x + scale * tf.random.normal(tf.shape(x))
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                tf.square(y - model(x + scale * tf.random.normal(tf.shape(x)), training=True))
            )
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss, noisy

    return step
