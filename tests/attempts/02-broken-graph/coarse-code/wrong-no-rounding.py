# A gradient, and another network: the link is gone.
def coarse_step(encoder, head, optimizer, x, y, levels):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - head(encoder(x))))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
