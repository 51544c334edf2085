def train_step(encoder, head, optimizer, x, y):
    with tf.GradientTape() as tape:
        code = encoder(x)
        code = code / tf.sqrt(tf.reduce_sum(tf.square(code), axis=1, keepdims=True))
        loss = tf.reduce_mean(tf.square(y - head(code)))
    variables = encoder.trainable_variables + head.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
