# The encoder learns now, and the head no more.
def train_step(encoder, head, optimizer, x, y):
    variables = encoder.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - head(tf.math.l2_normalize(encoder(x), axis=1))))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
