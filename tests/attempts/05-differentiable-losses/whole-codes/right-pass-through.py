# TensorFlow has a wrapper for it.
def code_step(encoder, decoder, optimizer, x):
    models = (encoder, decoder)
    with tf.GradientTape() as tape:
        restored = decoder(tf.grad_pass_through(tf.round)(encoder(x, training=True)), training=True)
        loss = keras.losses.MeanSquaredError()(x, restored)
    gradients = tape.gradient(loss, [m.trainable_variables for m in models])
    optimizer.apply(gradients[0] + gradients[1], encoder.trainable_variables + decoder.trainable_variables)
    return float(loss)
