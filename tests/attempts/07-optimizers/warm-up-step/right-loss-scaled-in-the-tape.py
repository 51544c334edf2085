def train_step(model, optimizer, x, y, rate):
    optimizer.learning_rate = rate
    with tf.GradientTape() as tape:
        errors = tf.square(tf.squeeze(y, 1) - tf.squeeze(model(x), 1))
        loss = tf.reduce_mean(errors)
    pairs = list(zip(tape.gradient(loss, model.weights), model.weights))
    optimizer.apply_gradients(pairs)
    return loss.numpy()
