# Fresh, but one number for a whole row.
def make_noisy_step(model, optimizer, scale):
    @tf.function
    def step(x, y):
        noisy = x + scale * tf.random.normal((24, 1))
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(noisy, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss, noisy

    return step
