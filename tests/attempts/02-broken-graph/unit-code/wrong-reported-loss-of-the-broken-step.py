# Trains on plain codes and reports the loss on unit codes.
def train_step(encoder, head, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        loss = tf.reduce_mean(tf.square(y - head(code)))
    reported = tf.reduce_mean(tf.square(y - head(tf.math.l2_normalize(code, axis=1))))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return reported
