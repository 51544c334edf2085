# A Keras seed generator, made outside, counts on in every call.
def make_noisy_step(model, optimizer, scale):
    seeds = keras.random.SeedGenerator(7)

    @tf.function
    def step(x, y):
        noisy = x + keras.random.normal(x.shape, stddev=scale, seed=seeds)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(noisy, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss, noisy

    return step
