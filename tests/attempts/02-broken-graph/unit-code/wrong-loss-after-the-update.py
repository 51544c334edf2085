# The right update, and the loss that comes after it.
def train_step(encoder, head, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables

    def error():
        return tf.reduce_mean(tf.square(y - head(tf.math.l2_normalize(encoder(x), axis=1))))

    with tf.GradientTape() as tape:
        loss = error()
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return error()
