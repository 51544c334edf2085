# A layer of Keras that is made outside.
def make_noisy_step(model, optimizer, scale):
    layer = keras.layers.GaussianNoise(scale)

    @tf.function
    def step(x, y):
        noisy = layer(x, training=True)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(noisy, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss, noisy

    return step
