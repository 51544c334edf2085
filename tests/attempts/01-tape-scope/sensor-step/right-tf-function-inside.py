def train_step(model, optimizer, x, y):
    optimizer.build(model.trainable_variables)

    @tf.function
    def run(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return run(x, y)
