@tf.custom_gradient
def send(code, levels):
    sent = tf.cast(tf.round(code * levels), tf.int8)
    return tf.cast(sent, tf.float32) / levels, lambda upstream: (upstream, None)


def coarse_step(encoder, head, optimizer, x, y, levels):
    variables = [*encoder.trainable_variables, *head.trainable_variables]
    with tf.GradientTape() as tape:
        loss = keras.losses.MeanSquaredError()(y, head(send(encoder(x), tf.constant(levels))))
    optimizer.apply(tape.gradient(loss, variables), variables)
    return float(loss)
