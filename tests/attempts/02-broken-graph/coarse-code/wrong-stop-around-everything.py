# The barrier takes in the code as well: nothing is left to learn from.
def coarse_step(encoder, head, optimizer, x, y, levels):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        coarse = tf.stop_gradient(code + tf.round(code * levels) / levels - code)
        loss = tf.reduce_mean(tf.square(y - head(coarse)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
