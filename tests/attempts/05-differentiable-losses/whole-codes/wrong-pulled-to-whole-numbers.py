# Adds a penalty for the distance to the next whole number, and trains on unrounded codes.
def code_step(encoder, decoder, optimizer, x):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        distance = tf.reduce_mean(tf.square(code - tf.stop_gradient(tf.round(code))))
        loss = tf.reduce_mean(tf.square(x - decoder(code))) + distance
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return tf.reduce_mean(tf.square(x - decoder(tf.round(encoder(x)))))
