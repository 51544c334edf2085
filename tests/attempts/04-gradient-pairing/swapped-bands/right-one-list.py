def train_step(model, optimizer, x, y):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
