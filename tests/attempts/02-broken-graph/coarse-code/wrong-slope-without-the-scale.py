# The division by levels stays on the way back, the multiplication does not.
@tf.custom_gradient
def stairs(code, levels):
    return tf.round(code * levels), lambda upstream: (upstream, None)


def coarse_step(encoder, head, optimizer, x, y, levels):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - head(stairs(encoder(x), tf.constant(levels)) / levels)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
