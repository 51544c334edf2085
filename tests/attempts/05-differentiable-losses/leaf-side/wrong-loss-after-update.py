# Right update, and the loss of the weights after it.
def train_step(model, optimizer, x, side):
    def surrogate():
        return tf.reduce_mean(tf.nn.softplus(-side * model(x)))

    with tf.GradientTape() as tape:
        loss = surrogate()
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return surrogate()
