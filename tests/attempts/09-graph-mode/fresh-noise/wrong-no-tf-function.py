# NumPy works without a graph.
def make_noisy_step(model, optimizer, scale):
    def step(x, y):
        noisy = x + np.random.normal(0.0, scale, x.shape).astype("float32")
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(noisy, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss, noisy

    return step
