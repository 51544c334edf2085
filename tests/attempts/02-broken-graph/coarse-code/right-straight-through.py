def coarse_step(encoder, head, optimizer, x, y, levels):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        distance = tf.round(code * levels) / levels - code
        loss = tf.reduce_mean(tf.square(y - head(code + tf.stop_gradient(distance))))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
