# The length of the whole table instead of that of each row.
def train_step(encoder, head, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        loss = tf.reduce_mean(tf.square(y - head(code / tf.norm(code))))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
