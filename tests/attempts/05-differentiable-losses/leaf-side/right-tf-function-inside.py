def train_step(model, optimizer, x, side):
    @tf.function
    def loss_and_gradients(x, side):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(keras.ops.softplus(-side * model(x, training=True)))
        return loss, tape.gradient(loss, model.trainable_variables)

    loss, gradients = loss_and_gradients(x, side)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
